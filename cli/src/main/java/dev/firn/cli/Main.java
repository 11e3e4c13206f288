package dev.firn.cli;

import dev.firn.pipeline.Pipelines;

/** The {@code firn} command. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    System.exit(new Firn(Console.ofProcess(), Pipelines::run).execute(words));
  }
}
