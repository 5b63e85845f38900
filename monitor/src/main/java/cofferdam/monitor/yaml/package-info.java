/** YAML files from outside, read under limits, with the line and column of every value. */
@NullMarked
package cofferdam.monitor.yaml;

import org.jspecify.annotations.NullMarked;
