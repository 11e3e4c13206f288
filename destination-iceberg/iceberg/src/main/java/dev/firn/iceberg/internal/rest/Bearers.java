package dev.firn.iceberg.internal.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearers that one long-lived token is exchanged for, one after the other. A new one is asked
 * for when two thirds of the old one's life are over: by renewing the old one, or, where the
 * endpoint does not do that, with the long-lived token again.
 */
final class Bearers {
  private static final Logger log = LoggerFactory.getLogger(Bearers.class);

  // Iceberg makes an authentication of its own for each client that asks a catalog for new storage
  // keys. They find that of their catalog by its settings, as long as one of them is there.
  private static final Cache<TokenForms, Bearers> SHARED =
      Caffeine.newBuilder().weakValues().build();

  private final TokenForms forms;
  private final Clock clock = Clock.systemUTC();
  private @Nullable Bearer now;
  private boolean renewing = true;

  private Bearers(TokenForms forms) {
    this.forms = forms;
  }

  /** Those of a catalog that is being opened: the ones of an earlier one may be revoked by now. */
  static Bearers anew(TokenForms forms) {
    Bearers bearers = new Bearers(forms);
    SHARED.put(forms, bearers);
    return bearers;
  }

  /** Those of the catalog that was opened with these settings. */
  static Bearers of(TokenForms forms) {
    return SHARED.get(forms, Bearers::new);
  }

  /**
   * The bearer of now.
   *
   * @param endpoint sends a form to the token endpoint
   */
  synchronized String token(Function<Map<String, String>, TokenAnswer> endpoint) {
    Bearer known = now;
    if (known == null) {
      known = ask(endpoint, forms.ofSubject());
    } else if (known.isDue(clock.millis())) {
      known = next(endpoint, known);
    }
    now = known;
    return known.token();
  }

  private Bearer next(Function<Map<String, String>, TokenAnswer> endpoint, Bearer old) {
    try {
      Bearer renewed = renewed(endpoint, old);
      return renewed == null ? ask(endpoint, forms.ofSubject()) : renewed;
    } catch (RESTException why) {
      long millis = clock.millis();
      if (old.isOver(millis)) {
        throw why;
      }
      log.debug("There is no new bearer yet; the one of now is used on", why);
      return old.postponed(millis);
    }
  }

  private @Nullable Bearer renewed(
      Function<Map<String, String>, TokenAnswer> endpoint, Bearer old) {
    if (!renewing || !old.isRenewable(clock.millis())) {
      return null;
    }
    try {
      Bearer renewed = ask(endpoint, forms.ofBearer(old)).orRenewedBy(old.renewal());
      if (renewed.endMillis() > old.endMillis()) {
        return renewed;
      }
    } catch (BadRequestException | NotAuthorizedException refused) {
      log.debug("The token endpoint does not renew bearers", refused);
    }
    renewing = false;
    return null;
  }

  private Bearer ask(
      Function<Map<String, String>, TokenAnswer> endpoint, Map<String, String> form) {
    long asked = clock.millis();
    return Bearer.of(endpoint.apply(form), asked);
  }
}
