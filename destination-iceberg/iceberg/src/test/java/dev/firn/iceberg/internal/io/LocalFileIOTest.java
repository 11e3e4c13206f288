package dev.firn.iceberg.internal.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileIOTest {
  @TempDir Path folder;
  private final LocalFileIO io = new LocalFileIO();

  private String location(String name) {
    return LocalPaths.location(folder.resolve(name));
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (PositionOutputStream out = io.newOutputFile(location(name)).create()) {
      out.write(bytes);
    }
  }

  @Test
  void whatIsWrittenIsReadAtAnyPosition() throws Exception {
    byte[] bytes = new byte[200_000];
    new Random(7).nextBytes(bytes);
    write("a/b/file", bytes);

    InputFile file = io.newInputFile(location("a/b/file"));
    assertThat(file.getLength()).isEqualTo(bytes.length);
    try (SeekableInputStream in = file.newStream()) {
      Random random = new Random(8);
      for (int i = 0; i < 500; i++) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(random.nextBoolean() ? 50 : 40_000);
        in.seek(from);
        byte[] read = in.readNBytes(length);
        int end = Math.min(bytes.length, from + length);
        assertThat(read).isEqualTo(java.util.Arrays.copyOfRange(bytes, from, end));
        assertThat(in.getPos()).isEqualTo(end);
      }
    }
  }

  @Test
  void rangesAndTailsAreReadWithoutMovingThePosition() throws Exception {
    write("file", "0123456789".getBytes(UTF_8));

    try (SeekableInputStream in = io.newInputFile(location("file")).newStream()) {
      byte[] range = new byte[3];
      ((RangeReadable) in).readFully(4, range);
      byte[] tail = new byte[4];
      int count = ((RangeReadable) in).readTail(tail);

      assertThat(range).asString(UTF_8).isEqualTo("456");
      assertThat(count).isEqualTo(4);
      assertThat(tail).asString(UTF_8).isEqualTo("6789");
      assertThat(in.read()).isEqualTo('0');
    }
  }

  @Test
  void positionCountsWhatIsStillBuffered() throws Exception {
    try (PositionOutputStream out = io.newOutputFile(location("file")).create()) {
      out.write(1);
      out.write(new byte[100_000]);
      out.write(new byte[10]);

      assertThat(out.getPos()).isEqualTo(100_011);
    }
    assertThat(Files.size(folder.resolve("file"))).isEqualTo(100_011);
  }

  @Test
  void createRefusesAnExistingFile() throws Exception {
    write("file", new byte[] {1});

    assertThatThrownBy(() -> io.newOutputFile(location("file")).create())
        .isInstanceOf(AlreadyExistsException.class);
    assertThat(Files.readAllBytes(folder.resolve("file"))).containsExactly(1);
  }

  @Test
  void overwrittenFileAppearsWholeAtItsClose() throws Exception {
    write("file", new byte[] {1});

    try (PositionOutputStream out = io.newOutputFile(location("file")).createOrOverwrite()) {
      out.write(2);
      out.flush();
      assertThat(Files.readAllBytes(folder.resolve("file"))).containsExactly(1);
    }

    assertThat(Files.readAllBytes(folder.resolve("file"))).containsExactly(2);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void finishedFileAndItsEntryAreOnTheDisk() throws Exception {
    List<String> forced = new ArrayList<>();
    Path draft = folder.resolve("draft");
    Path target = folder.resolve("target");

    try (PositionOutputStream out = new LocalOutputStream(draft, target, recording(forced))) {
      out.write(new byte[100_000]);
      out.write(1);
      assertThat(forced).isEmpty();
    }

    assertThat(forced).containsExactly("a file of 100001 bytes", folder + ", which holds [target]");
  }

  @Test
  void newFoldersAreOnTheDisk() throws Exception {
    List<String> forced = new ArrayList<>();

    recording(forced).createFolders(folder.resolve("a/b"));
    recording(forced).createFolders(folder.resolve("a/b"));

    assertThat(forced)
        .containsExactly(folder + ", which holds [a]", folder.resolve("a") + ", which holds [b]");
  }

  private static Disk recording(List<String> forced) {
    return new Disk() {
      @Override
      public void force(FileChannel file) throws IOException {
        Disk.LOCAL.force(file);
        forced.add("a file of " + file.size() + " bytes");
      }

      @Override
      public void forceFolder(Path changed) throws IOException {
        Disk.LOCAL.forceFolder(changed);
        try (Stream<Path> entries = Files.list(changed)) {
          forced.add(changed + ", which holds " + entries.map(Path::getFileName).toList());
        }
      }
    };
  }

  @Test
  void longWritesLeaveNoLargeBufferOutsideTheHeap() throws Exception {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      long before = direct.getMemoryUsed();

      thread
          .submit(
              () -> {
                write("long", new byte[16 << 20]);
                return null;
              })
          .get();

      assertThat(direct.getMemoryUsed() - before).isLessThan(4 << 20);
      assertThat(Files.size(folder.resolve("long"))).isEqualTo(16 << 20);
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void missingFileIsToldAsSuch() {
    InputFile missing = io.newInputFile(location("missing"));

    assertThat(missing.exists()).isFalse();
    assertThatThrownBy(missing::newStream).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(missing::getLength).isInstanceOf(NotFoundException.class);
    io.deleteFile(location("missing"));
  }

  @Test
  void fullDiskIsToldAsSuch() {
    IOException full = new IOException("No space left on device");
    IOException other = new IOException("Input/output error");
    RuntimeException quota =
        new IllegalStateException(new RuntimeException("The DiskSpace quota of /a is exceeded"));

    assertThatThrownBy(() -> FullDisk.orSame(full, "x"))
        .isInstanceOf(FirnException.class)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.DESTINATION_FULL);
    assertThat(FullDisk.orSame(other, "x")).isSameAs(other);
    assertThat(FullDisk.isBelow(quota)).isTrue();
    assertThat(FullDisk.isBelow(other)).isFalse();
  }

  @Test
  void deviceWithoutSpaceIsAFullDestination() {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");

    assertThatThrownBy(
            () -> {
              Files.createSymbolicLink(folder.resolve("link"), full);
              try (var out =
                  java.nio.channels.FileChannel.open(
                      folder.resolve("link"), java.nio.file.StandardOpenOption.WRITE)) {
                out.write(java.nio.ByteBuffer.allocate(10));
              } catch (IOException e) {
                throw FullDisk.orSame(e, "link");
              }
            })
        .isInstanceOf(FirnException.class);
  }

  @Test
  void locationsAreReadWithOrWithoutScheme() {
    assertThat(LocalPaths.path("file:///a b/c")).isEqualTo(Path.of("/a b/c"));
    assertThat(LocalPaths.path("file:/a%20b")).isEqualTo(Path.of("/a%20b"));
    assertThat(LocalPaths.path("/a")).isEqualTo(Path.of("/a"));
    assertThat(LocalPaths.isLocal("s3://bucket/a")).isFalse();
    assertThat(LocalPaths.isLocal("C:/a")).isTrue();
    assertThat(LocalPaths.isLocal("a/b:c")).isTrue();
  }
}
