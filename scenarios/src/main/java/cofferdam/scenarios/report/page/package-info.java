/** The report as a page: tables, pictures and links, of the nodes of {@code report.html}. */
@NullMarked
package cofferdam.scenarios.report.page;

import org.jspecify.annotations.NullMarked;
