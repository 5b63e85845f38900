package cofferdam.scenarios.cli;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Property;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.export.JsonSchemas;

import java.util.Iterator;
import java.util.stream.Stream;

/** What a shell may offer for the words of a command line. */
final class Candidates {

    private Candidates() {}

    /** The names of suites and scenarios. */
    static final class OfScenarios implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            Stream<String> names = Scenarios.builtIn().all().stream().map(Scenario::name);
            return Stream.concat(Scenarios.suites().stream(), names).iterator();
        }
    }

    /** The names of policies. */
    static final class OfPolicies implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Policies.all().stream().map(Policy::name).iterator();
        }
    }

    /** The names of monitors. */
    static final class OfMonitors implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Monitors.all().stream().map(Monitor::name).iterator();
        }
    }

    /** The names of schemas. */
    static final class OfSchemas implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return JsonSchemas.all().stream().map(JsonSchemas.Named::name).iterator();
        }
    }

    /** The names of expectations. */
    static final class OfExpectations implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Expectations.all().stream().map(Expectations::name).iterator();
        }
    }

    /** The names of properties. */
    static final class OfProperties implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Analysis.properties().stream().map(Property::id).iterator();
        }
    }
}
