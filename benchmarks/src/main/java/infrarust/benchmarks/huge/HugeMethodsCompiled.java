package infrarust.benchmarks.huge;

import org.openjdk.jmh.annotations.Fork;

/** {@link HugeMethods} with {@code -XX:-DontCompileHugeMethods}. */
@Fork(value = 1, jvmArgsAppend = "-XX:-DontCompileHugeMethods")
public class HugeMethodsCompiled extends HugeMethods {}
