package dev.firn.iceberg.hive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who took a lock, so that another process of the same machine can tell whether that one still
 * lives: {@code firn:machine:pid:start} before the text that the lock had. A machine is one boot of
 * one kernel as one set of process ids sees it; containers and hosts of the same name are not
 * confused. Where that is unknown, outside Linux, locks have no mark.
 */
final class ProcessMark {
  private static final Pattern MARK =
      Pattern.compile("firn:([0-9a-f]+):(\\d+):(\\d+) (.*)", Pattern.DOTALL);
  private static final Optional<String> MACHINE = machine();
  private static final Optional<String> OWN = MACHINE.flatMap(ProcessMark::own);
  // The time a process began is counted from that of the boot, which moves with the clock.
  private static final Duration CLOCK_CHANGE = Duration.ofSeconds(10);
  private static final int MACHINE_BYTES = 8;

  private ProcessMark() {}

  /** The text with the mark of this process, once. */
  static String marked(String text) {
    return OWN.map(mark -> text.startsWith(mark + " ") ? text : mark + " " + text).orElse(text);
  }

  /** The text without a mark of this process. */
  static String unmarked(String text) {
    return OWN.filter(mark -> text.startsWith(mark + " "))
        .map(mark -> text.substring(mark.length() + 1))
        .orElse(text);
  }

  /** Whether a text bears the mark of a process of this machine that is surely gone. */
  static boolean isOfEndedProcess(String text) {
    Matcher mark = MARK.matcher(text);
    return mark.matches()
        && MACHINE.filter(mark.group(1)::equals).isPresent()
        && !isAlive(Long.parseLong(mark.group(2)), Long.parseLong(mark.group(3)));
  }

  private static boolean isAlive(long pid, long startMillis) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().startInstant())
        .filter(start -> start.isEmpty() || isNear(start.get(), startMillis))
        .isPresent();
  }

  private static boolean isNear(Instant start, long millis) {
    Duration apart = Duration.between(start, Instant.ofEpochMilli(millis)).abs();
    return apart.compareTo(CLOCK_CHANGE) < 0;
  }

  private static Optional<String> own(String machine) {
    ProcessHandle process = ProcessHandle.current();
    return process
        .info()
        .startInstant()
        .map(start -> "firn:%s:%d:%d".formatted(machine, process.pid(), start.toEpochMilli()));
  }

  private static Optional<String> machine() {
    Path boot = Path.of("/proc/sys/kernel/random/boot_id");
    Path pids = Path.of("/proc/self/ns/pid");
    try {
      if (!Files.isReadable(boot) || !Files.isSymbolicLink(pids)) {
        return Optional.empty();
      }
      return Optional.of(hash(Files.readString(boot).strip() + Files.readSymbolicLink(pids)));
    } catch (IOException | UncheckedIOException hidden) {
      return Optional.empty();
    }
  }

  private static String hash(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, MACHINE_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
