package cofferdam.monitor.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Builds the tree of one document from the parser's events. Events come one by one, and depth and
 * count are held against their limits at each of them: the library's own composer recurses for
 * every level and expands aliases, so a small hostile file could exhaust stack or memory.
 */
final class NodeReader {

    /** The most lists and mappings inside one another. */
    static final int MAXIMUM_DEPTH = 16;

    /** The most lists, mappings, keys and values in one file. */
    static final int MAXIMUM_NODES = 50_000;

    /** Any version directive is taken by the parser, to be refused here together with its place. */
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).setVersionFunction(v -> v).build();

    private final Problems problems;
    private final Deque<OpenNode> open = new ArrayDeque<>();
    private Position last = new Position(1, 1);
    private @Nullable YamlNode root;
    private int nodes;
    private int documents;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * The document's root; empty if there is none or reading had to stop. Records why, unless the
     * file is simply empty.
     */
    Optional<YamlNode> read(String text) throws InvalidFileException {
        try {
            Parser parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
            while (parser.hasNext()) {
                Event event = parser.next();
                last = event.getStartMark().map(NodeReader::position).orElse(last);
                take(event);
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(NodeReader::position).orElse(last);
            throw problems.with(at, "not valid YAML: " + Quoted.escaped(e.getProblem()));
        } catch (YamlEngineException e) {
            throw problems.with(last, "not valid YAML: " + Quoted.escaped(message(e)));
        }
        return Optional.ofNullable(root);
    }

    private void take(Event event) throws InvalidFileException {
        switch (event.getEventId()) {
            case DocumentStart -> startDocument((DocumentStartEvent) event);
            case SequenceStart -> startList((CollectionStartEvent) event);
            case MappingStart -> startMapping((CollectionStartEvent) event);
            case SequenceEnd, MappingEnd -> finish(open.pop().close());
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void startDocument(DocumentStartEvent event) throws InvalidFileException {
        documents++;
        if (documents > 1) {
            throw problems.with(last, "a second document is not allowed in one file");
        }
        if (event.getSpecVersion().isPresent() || !event.getTags().isEmpty()) {
            problems.add(last, "directives are not allowed");
        }
    }

    private void startList(CollectionStartEvent event) throws InvalidFileException {
        checkProperties(event.getAnchor().isPresent(), event.getTag().isPresent());
        enter(new OpenNode.OpenSequence(last));
    }

    private void startMapping(CollectionStartEvent event) throws InvalidFileException {
        checkProperties(event.getAnchor().isPresent(), event.getTag().isPresent());
        enter(new OpenNode.OpenMapping(last, problems));
    }

    private void scalar(ScalarEvent event) throws InvalidFileException {
        checkProperties(event.getAnchor().isPresent(), event.getTag().isPresent());
        count();
        finish(new YamlNode.Scalar(last, event.getValue(), event.isPlain()));
    }

    /** An alias is never followed; empty text stands in its place, so that the rest can be read. */
    private void alias(AliasEvent event) throws InvalidFileException {
        String alias = Quoted.of("*" + event.getAlias().getValue());
        problems.add(last, "alias %s is not allowed".formatted(alias));
        count();
        finish(new YamlNode.Scalar(last, "", false));
    }

    private void checkProperties(boolean anchor, boolean tag) {
        if (anchor) {
            problems.add(last, "anchors are not allowed");
        }
        if (tag) {
            problems.add(last, "tags are not allowed");
        }
    }

    private void enter(OpenNode node) throws InvalidFileException {
        count();
        if (open.size() == MAXIMUM_DEPTH) {
            throw problems.with(
                    last,
                    "lists and mappings are nested more than %d deep".formatted(MAXIMUM_DEPTH));
        }
        open.push(node);
    }

    private void count() throws InvalidFileException {
        nodes++;
        if (nodes > MAXIMUM_NODES) {
            throw problems.with(last, "more than %d keys and values".formatted(MAXIMUM_NODES));
        }
    }

    private void finish(YamlNode node) {
        OpenNode parent = open.peek();
        if (parent == null) {
            root = node;
            return;
        }
        parent.add(node);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String message(YamlEngineException e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
