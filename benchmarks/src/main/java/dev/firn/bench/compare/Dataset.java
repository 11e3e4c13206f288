package dev.firn.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a kind of data says about itself, asked of every tool's output. */
enum Dataset {
  EVENTS(
      List.of(
          Fact.of("rows", "count(*)"),
          Fact.of("distinct ids", "count(distinct id)"),
          Fact.of("types", "bit_xor(hash(type))"),
          Fact.of("public", "count(*) filter (where public)"),
          Fact.of("processing ms", "sum(\"processingMs\")", "sum(processing_ms)"),
          Fact.of("distinct actors", "count(distinct actor.login)", "count(distinct actor__login)"),
          Fact.of("push ids", "sum(payload.\"pushId\")", "sum(payload__push_id)"),
          Fact.of(
              "additions",
              "sum(payload.\"pullRequest\".additions)",
              "sum(payload__pull_request__additions)"),
          Fact.of(
              "review scores",
              "sum(round(payload.\"pullRequest\".review_score * 10000)::bigint)",
              "sum(round(payload__pull_request__review_score * 10000)::bigint)"),
          Fact.of(
              "issue texts",
              "bit_xor(hash(payload.issue.body))",
              "bit_xor(hash(payload__issue__body))"),
          Fact.of("created", "sum(epoch_ms(created_at::timestamptz))"),
          Fact.ofList("commits", "payload.commits", "bit_xor(hash(item.message))", "message"),
          Fact.ofList("release assets", "payload.release.assets", "sum(item.size)", "size"),
          Fact.ofList("issue labels", "payload.issue.labels", "sum(item.id)", "id"),
          Fact.ofList("topics", "payload.forkee.topics", "bit_xor(hash(item))", "value"))),
  TRIPS(
      List.of(
          Fact.of("rows", "count(*)"),
          Fact.of("distinct trips", "count(distinct \"tripId\")", "count(distinct trip_id)"),
          Fact.of(
              "distinct medallions",
              "count(distinct \"medallionHash\")",
              "count(distinct medallion_hash)"),
          Fact.of("zones", "bit_xor(hash(\"pickupZone\"))", "bit_xor(hash(pickup_zone))"),
          Fact.of("payment types", "count(distinct payment_type)"),
          Fact.of("passengers", "sum(passenger_count)"),
          Fact.of("passengers known", "count(passenger_count)"),
          Fact.of("surcharges known", "count(congestion_surcharge)"),
          Fact.of("notes", "bit_xor(hash(\"driverNote\"))", "bit_xor(hash(driver_note))"),
          Fact.of("flags", "count(*) filter (where store_and_fwd_flag)"),
          Fact.of("pickups", "sum(epoch_ms(tpep_pickup_datetime::timestamptz))"),
          Fact.of("dropoffs", "sum(epoch_ms(tpep_dropoff_datetime::timestamptz))"),
          Fact.ofHundredths("trip_distance"),
          Fact.ofHundredths("fare_amount"),
          Fact.ofHundredths("tip_amount"),
          Fact.ofHundredths("tolls_amount"),
          Fact.ofHundredths("total_amount"),
          Fact.ofHundredths("congestion_surcharge")));

  @SuppressWarnings("ImmutableEnumChecker") // each is made by List.of
  private final List<Fact> facts;

  Dataset(List<Fact> facts) {
    this.facts = facts;
  }

  List<Fact> facts() {
    return facts;
  }

  String description() {
    String names = facts.stream().map(Fact::name).collect(Collectors.joining(", "));
    return "%s: %s".formatted(name().toLowerCase(Locale.ROOT), names);
  }
}
