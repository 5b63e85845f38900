/**
 * What the evidence shows: reads a run's folder and judges every property. Needs no monitor, and
 * knows no attack. Used by {@code scenarios}.
 */
module cofferdam.analysis {
    // pcap4j is read from the class path: its descriptor asks for a module name that slf4j 2 no
    // longer has.
    requires transitive cofferdam.monitor;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports cofferdam.analysis;
    exports cofferdam.analysis.audit;
    exports cofferdam.analysis.inspect;
    exports cofferdam.analysis.rules;
    exports cofferdam.analysis.search;
    exports cofferdam.analysis.story;
}
