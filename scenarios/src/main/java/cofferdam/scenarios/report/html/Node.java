package cofferdam.scenarios.report.html;

/** A part of a page. */
public sealed interface Node permits Element, Text {

    /** Appends it as HTML. */
    void write(StringBuilder out);
}
