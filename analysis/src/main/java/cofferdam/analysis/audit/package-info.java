/**
 * What a disk image gives away. The bytes of the image's files are searched once, in file order;
 * what is compressed or enciphered is decoded once and searched too; then every match is placed in
 * the layer, partition, file system and file that it lies in. Reading is all that is done.
 */
@NullMarked
package cofferdam.analysis.audit;

import org.jspecify.annotations.NullMarked;
