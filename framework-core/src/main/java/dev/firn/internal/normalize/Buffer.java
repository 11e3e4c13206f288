package dev.firn.internal.normalize;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/** A growing stretch of off-heap memory, written through its address without bounds checks. */
final class Buffer implements AutoCloseable {
  private static final int SMALLEST = 1024;

  private final BufferAllocator allocator;
  private final boolean zeroed;
  private ArrowBuf memory;
  private long capacity;

  /** Where the memory begins; changes when it grows. */
  long address;

  /**
   * An empty stretch.
   *
   * @param zeroed whether bytes that were never written must read as zero
   */
  Buffer(BufferAllocator allocator, boolean zeroed) {
    this.allocator = allocator;
    this.zeroed = zeroed;
    this.memory = allocator.getEmpty();
  }

  /** Makes room for the first {@code bytes} bytes. */
  void reserve(long bytes) {
    if (bytes > capacity) {
      grow(bytes);
    }
  }

  private void grow(long bytes) {
    ArrowBuf larger =
        allocator.buffer(Math.max(Math.max(bytes, SMALLEST), capacity + (capacity >> 1)));
    MemoryUtil.copyMemory(address, larger.memoryAddress(), capacity);
    long room = larger.capacity();
    if (zeroed) {
      MemoryUtil.setMemory(larger.memoryAddress() + capacity, room - capacity, (byte) 0);
    }
    memory.close();
    memory = larger;
    capacity = room;
    address = larger.memoryAddress();
  }

  /** Makes the first {@code bytes} bytes zero again. */
  void clear(long bytes) {
    MemoryUtil.setMemory(address, Math.min(bytes, capacity), (byte) 0);
  }

  long capacity() {
    return capacity;
  }

  /** The memory, for a vector that reads its first {@code bytes} bytes; still owned here. */
  ArrowBuf slice(long bytes) {
    reserve(bytes);
    return memory.slice(0, bytes);
  }

  @Override
  public void close() {
    memory.close();
    memory = allocator.getEmpty();
    capacity = 0;
    address = 0;
  }
}
