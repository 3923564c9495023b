// Opens Heddle at the JShell prompt. The launcher beside this file runs it; plain jshell does with
//   jshell --class-path JARS --startup DEFAULT --startup jshell-startup/heddle.jsh

import heddle.api.*;
import heddle.api.spi.*;
import heddle.dsl.*;
import heddle.stream.*;
import heddle.sync.*;
import static heddle.dsl.Heddle.*;
import static heddle.jshell.Explore.*;

// By name where the JDK has a class of the same name: the name then means Heddle's.
import heddle.api.Future;
import heddle.sync.Condition;
import heddle.sync.Lock;
import heddle.sync.PriorityQueue;
import heddle.sync.Queue;
import heddle.sync.Semaphore;

// The loop lives on a thread of its own, in the background of the prompt.
if (Session.current() == null) Session.start();
