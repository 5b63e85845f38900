/** Where a host keeps files: real space that is handed out, given back, and handed out again. */
@NullMarked
package cofferdam.monitor.datastore;

import org.jspecify.annotations.NullMarked;
