package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.result.MonitorWords;
import cofferdam.scenarios.result.ResultJson;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code cofferdam list monitors} prints. */
final class MonitorList {

    private static final int GAP = 2;

    private final List<Described> monitors;

    /** @param unavailable why it does not work here; empty if it does */
    private record Described(
            String name,
            String summary,
            Optional<String> unavailable,
            boolean repeatable,
            SecuritySupport support) {

        String works() {
            return unavailable.map("does not work here: "::concat).orElse("works here");
        }

        String repeats() {
            return repeatable
                    ? "the same inputs give the same evidence, byte by byte"
                    : "guests make choices of their own: runs differ in bytes and times";
        }

        String promise() {
            return "%s: %s (%s)"
                    .formatted(
                            MonitorWords.claim(support.claim()),
                            support.statement(),
                            support.source());
        }
    }

    MonitorList(List<Monitor> monitors) {
        this.monitors = monitors.stream()
                .map(monitor -> new Described(
                        monitor.name(),
                        monitor.summary(),
                        monitor.unavailable(),
                        monitor.repeatable(),
                        monitor.securitySupport()))
                .toList();
    }

    /** For people. */
    List<String> text() {
        int width = GAP
                + monitors.stream()
                        .mapToInt(monitor -> monitor.name().length())
                        .max()
                        .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Described monitor : monitors) {
            String name = monitor.name();
            lines.add(name + " ".repeat(width - name.length()) + monitor.summary());
            for (String line : List.of(monitor.works(), monitor.repeats(), monitor.promise())) {
                lines.add(" ".repeat(width) + line);
            }
        }
        return lines.stream().map(Terminal::safe).toList();
    }

    /** For programs. */
    String json() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ArrayNode array = mapper.createArrayNode();
        for (Described monitor : monitors) {
            ObjectNode node =
                    array.addObject().put("name", monitor.name()).put("summary", monitor.summary());
            node.put("works", monitor.unavailable().isEmpty());
            monitor.unavailable().ifPresent(reason -> node.put("reason", reason));
            node.put("repeatable", monitor.repeatable());
            ResultJson.securitySupport(node.putObject("securitySupport"), monitor.support());
        }
        return mapper.writeValueAsString(array);
    }

    /** For documents. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| name | what it is | here | what its makers say of its isolation |");
        lines.add("| --- | --- | --- | --- |");
        for (Described monitor : monitors) {
            lines.add("| %s | %s | %s | %s |"
                    .formatted(
                            MarkdownText.escaped(monitor.name()),
                            MarkdownText.escaped(monitor.summary()),
                            MarkdownText.escaped(monitor.works()),
                            MarkdownText.escaped(monitor.promise())));
        }
        return lines;
    }
}
