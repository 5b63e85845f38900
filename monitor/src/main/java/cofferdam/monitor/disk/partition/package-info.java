/**
 * Partition tables: MBR with extended partitions, and GPT. {@link PartitionTable#read} reads what is
 * there and reports what is wrong with it; {@link MbrWriter} and {@link GptWriter} write new tables.
 */
@NullMarked
package cofferdam.monitor.disk.partition;

import org.jspecify.annotations.NullMarked;
