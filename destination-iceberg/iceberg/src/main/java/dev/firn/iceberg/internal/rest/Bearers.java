package dev.firn.iceberg.internal.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearers of one catalog, one after the other. A new one is asked for when two thirds of the
 * old one's life are over: by renewing the old one, or, where the endpoint does not do that, as the
 * first one was.
 */
final class Bearers {
  private static final Logger log = LoggerFactory.getLogger(Bearers.class);

  /** The property that names a catalog's bearers to Iceberg's clients, and tells nothing. */
  static final String HANDLE = "firn.bearers";

  // Iceberg makes an authentication of its own for each client that asks a catalog for new storage
  // keys, and gives it nothing but properties.
  private static final Cache<String, Bearers> SHARED = Caffeine.newBuilder().weakValues().build();

  private final String handle = UUID.randomUUID().toString();
  private final Optional<TokenForms> forms;
  private final Clock clock;
  private final Lock asking = new ReentrantLock();
  private volatile @Nullable Bearer now;
  private boolean renewing;

  /** Sends a form to a token endpoint. */
  interface Post {
    TokenAnswer send(String endpoint, Map<String, String> form);
  }

  private Bearers(Optional<TokenForms> forms, @Nullable Bearer first, Clock clock) {
    this.forms = forms;
    this.now = first;
    this.clock = clock;
    this.renewing = forms.map(TokenForms::renewing).orElse(false);
    SHARED.put(handle, this);
  }

  /** Those that these requests bring. */
  static Bearers by(TokenForms forms) {
    return by(forms, Clock.systemUTC());
  }

  /** As the other one, with its own time. */
  static Bearers by(TokenForms forms, Clock clock) {
    return new Bearers(Optional.of(forms), null, clock);
  }

  /** One that is used as it is, whatever it is. */
  static Bearers lasting(String token) {
    return new Bearers(Optional.empty(), Bearer.lasting(token), Clock.systemUTC());
  }

  /**
   * Those of the catalog with these properties.
   *
   * @throws IllegalStateException when it is closed, or the properties are of no such catalog
   */
  static Bearers of(Map<String, String> properties) {
    Bearers known = SHARED.getIfPresent(properties.getOrDefault(HANDLE, ""));
    if (known == null) {
      throw new IllegalStateException("no catalog is open whose bearers these are");
    }
    return known;
  }

  /** The value of {@link #HANDLE} by which they are found while somebody holds them. */
  String handle() {
    return handle;
  }

  /** How they are asked for; nothing when they are not. */
  Optional<TokenForms> forms() {
    return forms;
  }

  /** The bearer of now. Only who has none that is good waits for another's request for one. */
  String token(Post post) {
    Bearer known = now;
    long millis = clock.millis();
    if (known != null && !known.isDue(millis)) {
      return known.token();
    }
    if (known == null || known.isOver(millis)) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return known.token();
    }
    try {
      return asked(post).token();
    } finally {
      asking.unlock();
    }
  }

  private Bearer asked(Post post) {
    Bearer known = now;
    if (known == null) {
      known = first(post);
    } else if (known.isDue(clock.millis())) {
      known = next(post, known);
    }
    now = known;
    return known;
  }

  /** The bearer that was given out last; nothing before the first. */
  Optional<String> known() {
    return Optional.ofNullable(now).map(Bearer::token);
  }

  /**
   * Asks for another bearer than one that was not accepted, although its time is not over.
   *
   * @return whether there is one; never where none are asked for
   */
  boolean replaces(String refused, Post post) {
    if (forms.isEmpty()) {
      return false;
    }
    asking.lock();
    try {
      if (known().filter(refused::equals).isPresent()) {
        now = first(post);
      }
      return true;
    } finally {
      asking.unlock();
    }
  }

  private Bearer first(Post post) {
    return ask(post, forms.orElseThrow().lasting());
  }

  private Bearer next(Post post, Bearer old) {
    try {
      Bearer renewed = renewed(post, old);
      return renewed == null ? first(post) : renewed;
    } catch (RESTException why) {
      long millis = clock.millis();
      if (old.isOver(millis)) {
        throw why;
      }
      log.debug("There is no new bearer yet; the one of now is used on", why);
      return old.postponed(millis);
    }
  }

  private @Nullable Bearer renewed(Post post, Bearer old) {
    if (!renewing || !old.isRenewable(clock.millis())) {
      return null;
    }
    try {
      Bearer renewed = ask(post, forms.orElseThrow().ofBearer(old)).orRenewedBy(old.renewal());
      if (renewed.endMillis() > old.endMillis()) {
        return renewed;
      }
    } catch (BadRequestException | NotAuthorizedException refused) {
      log.debug("The token endpoint does not renew bearers", refused);
    }
    renewing = false;
    return null;
  }

  private Bearer ask(Post post, Map<String, String> form) {
    long asked = clock.millis();
    return Bearer.of(post.send(forms.orElseThrow().endpoint(), form), asked);
  }
}
