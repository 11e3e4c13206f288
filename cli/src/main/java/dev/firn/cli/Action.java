package dev.firn.cli;

/** One command of the command line. */
interface Action {
  /**
   * Does it.
   *
   * @throws dev.firn.error.FirnException which becomes the error line, the hint and the exit code
   */
  Outcome run(Session session);
}
