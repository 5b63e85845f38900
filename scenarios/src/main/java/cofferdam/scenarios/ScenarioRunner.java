package cofferdam.scenarios;

/** Runs scenarios. */
public final class ScenarioRunner {
    private ScenarioRunner() {}
}
