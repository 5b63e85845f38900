package cofferdam.scenarios.inspect;

import cofferdam.analysis.inspect.CaptureInspection;

/**
 * A capture that somebody looks at.
 *
 * @param path where it lies, as a command line would name it
 */
public record CaptureView(String path, CaptureInspection inspection) {}
