/**
 * JMH benchmarks of the hot paths, one package for each path: {@link infrarust.benchmarks.filter} calls a codec filter in a
 * component, {@link infrarust.benchmarks.frame} walks over frames and makes them.
 *
 * <p>This is the one Maven module that is no Java module: JMH generates classes that its harness finds on the class path, and
 * its own jars are not modules. Engines are therefore made by their provider's class; on the class path a module's service
 * declarations are not read.
 */
@NullMarked
package infrarust.benchmarks;

import org.jspecify.annotations.NullMarked;
