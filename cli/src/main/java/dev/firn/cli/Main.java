package dev.firn.cli;

/** The {@code firn} command. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    System.exit(new Firn(Console.ofProcess(), Engine.LIBRARY).execute(words));
  }
}
