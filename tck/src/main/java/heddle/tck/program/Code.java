package heddle.tck.program;

import heddle.api.Awaitable;

/** What a run of a program executes: the program as it stands, or as it was printed. */
interface Code {

    /** A fresh coroutine object of the program's main body. */
    Awaitable<?> main();

    /** Runs the loop, from outside, in a program that does so itself. */
    void drive(Me me) throws Exception;
}
