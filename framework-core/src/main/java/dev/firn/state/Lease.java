package dev.firn.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run of a pipeline writes to a table: a value of the table's property {@link #key}.
 *
 * <p>The epoch fences: a run that began before another one wrote has an epoch that is used up, so
 * whatever it sends is refused. The holder keeps others from beginning in vain.
 *
 * @param epoch one more with each run that writes to the root; 0: none has yet
 * @param run the run that this epoch belongs to
 * @param holder who is at work in that run; empty when it has committed
 */
public record Lease(long epoch, String run, Optional<Holder> holder) {
  /** The lease of a table that no run has written to. */
  public static final Lease NONE = new Lease(0, "", Optional.empty());

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Who holds a lease.
   *
   * @param owner a project's folder on one machine
   * @param until when the holder is taken for dead unless it says otherwise
   */
  public record Holder(String owner, Instant until) {}

  /** The table property that holds the lease: {@code firn.lease.<pipeline>}. */
  public static String key(String pipeline) {
    return "firn.lease." + pipeline;
  }

  /** The lease under which a run writes that finds this one. */
  public Lease next(String byRun) {
    return new Lease(run.equals(byRun) ? epoch : epoch + 1, byRun, Optional.empty());
  }

  /** Whether no other run has written since this lease was made as the next one. */
  public boolean follows(Lease now) {
    return now.epoch == epoch ? now.run.equals(run) : now.epoch == epoch - 1;
  }

  /** This lease in someone's hands. */
  public Lease heldBy(Holder who) {
    return new Lease(epoch, run, Optional.of(who));
  }

  /** This lease in the same hands for longer. */
  public Lease heldUntil(Instant end) {
    return holder.map(who -> heldBy(new Holder(who.owner(), end))).orElse(this);
  }

  /** This lease in nobody's hands; the epoch stays used. */
  public Lease released() {
    return new Lease(epoch, run, Optional.empty());
  }

  /** Whether somebody else is at work at this moment, as far as one can know. */
  public boolean keepsOut(String owner, Instant now) {
    return holder.filter(who -> !who.owner().equals(owner) && who.until().isAfter(now)).isPresent();
  }

  /** The JSON text of the property. */
  public String toJson() {
    ObjectNode node = JSON.createObjectNode().put("epoch", epoch).put("run", run);
    holder.ifPresent(who -> node.put("owner", who.owner()).put("until", who.until().toString()));
    return node.toString();
  }

  /**
   * Reads the property's text.
   *
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} when it is no lease
   */
  public static Lease parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      Optional<Holder> holder =
          node.has("owner")
              ? Optional.of(
                  new Holder(
                      node.path("owner").asText(), Instant.parse(node.path("until").asText())))
              : Optional.empty();
      return new Lease(node.path("epoch").asLong(), node.path("run").asText(), holder);
    } catch (JsonProcessingException | DateTimeException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "The table's Firn lease is not readable: " + json,
          "Remove the property that holds it while no run is at work.",
          e);
    }
  }
}
