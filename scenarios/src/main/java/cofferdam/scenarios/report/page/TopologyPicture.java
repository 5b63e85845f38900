package cofferdam.scenarios.report.page;

import cofferdam.analysis.story.Leak;
import cofferdam.analysis.story.Topology;
import cofferdam.analysis.story.Topology.Station;
import cofferdam.scenarios.report.html.Element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who was there, what lay between them, and the way of the leak. */
final class TopologyPicture {

    private static final String HOST = "host";
    private static final String SOURCE = "source";
    private static final String UPLINK = "uplink";
    private static final String FABRIC = "fabric";
    private static final String SWITCH = "switch";

    private static final int WIDTH = 720;
    private static final int BOX_WIDTH = 138;
    private static final int BOX_HEIGHT = 44;
    private static final int ROW = 60;
    private static final int TOP = 34;
    private static final int GUEST_X = 28;
    private static final int FABRIC_X = 250;
    private static final int FABRIC_WIDTH = 110;
    private static final int SWITCH_X = 440;
    private static final int SWITCH_WIDTH = 90;
    private static final int SOURCE_X = 565;

    /** How far the host's own wire is above the lower edge of its box. */
    private static final int OWN_WIRE = 10;

    /** How far a name is above its box. */
    private static final int LABEL = 7;

    /** How far the leak's line is from the wire that it goes along. */
    private static final int ASIDE = 4;

    private final Topology topology;
    private final List<Station> guests;
    private final Optional<Station> host;
    private final int middle;
    private final int height;
    private final Map<String, Point> ports = new LinkedHashMap<>();

    /** A place in the picture. */
    private record Point(int x, int y) {}

    TopologyPicture(Topology topology) {
        this.topology = topology;
        guests = topology.machines().stream()
                .filter(station -> topology.separate() || !station.name().equals(HOST))
                .filter(station -> !station.name().equals(SOURCE))
                .toList();
        host = topology.separate() ? Optional.empty() : station(HOST);
        int rows = Math.max(1, guests.size()) + (host.isPresent() ? 1 : 0);
        int tall = TOP + ROW * rows;
        middle = TOP + ROW * Math.max(1, guests.size()) / 2 - (ROW - BOX_HEIGHT) / 2;
        height = tall + 16;
        place();
    }

    private Optional<Station> station(String name) {
        return topology.machines().stream()
                .filter(station -> station.name().equals(name))
                .findFirst();
    }

    private void place() {
        for (int row = 0; row < guests.size(); row++) {
            ports.put(
                    guests.get(row).name(),
                    new Point(GUEST_X + BOX_WIDTH, TOP + ROW * row + BOX_HEIGHT / 2));
        }
        host.ifPresent(station ->
                ports.put(HOST, new Point(GUEST_X + BOX_WIDTH, hostTop() + BOX_HEIGHT / 2)));
        station(SOURCE).ifPresent(station -> ports.put(SOURCE, new Point(SOURCE_X, middle)));
        ports.put(FABRIC, new Point(FABRIC_X + FABRIC_WIDTH / 2, middle));
        ports.put(SWITCH, new Point(SWITCH_X + SWITCH_WIDTH / 2, middle));
        ports.put(UPLINK, new Point((FABRIC_X + FABRIC_WIDTH + SWITCH_X) / 2, middle));
    }

    private int hostTop() {
        return TOP + ROW * Math.max(1, guests.size());
    }

    /** The picture with what it shows in words below. */
    Element draw() {
        String words = words();
        Element svg = Drawing.picture("topology", WIDTH, height, "Who was there", words);
        if (!topology.separate()) {
            svg.add(
                    Drawing.box("enclosure", 10, 8, 386, height - 16),
                    Drawing.text("caption start", 20, 25, "one host"));
        }
        wires(svg);
        joints(svg);
        topology.leak().ifPresent(leak -> leak(svg, leak));
        guests.forEach(guest -> station(svg, guest, GUEST_X));
        host.ifPresent(station -> station(svg, station, GUEST_X));
        station(SOURCE).ifPresent(station -> station(svg, station, SOURCE_X));
        return Element.of("figure", "topology-figure")
                .add(
                        Element.of("div", "scroller plain").add(svg),
                        Element.of("figcaption").text(words));
    }

    private void wires(Element svg) {
        for (Station guest : guests) {
            wire(svg, guest.name(), joint());
        }
        if (!topology.separate()) {
            wire(svg, FABRIC, SWITCH);
        }
        if (ports.containsKey(SOURCE)) {
            wire(svg, SOURCE, SWITCH);
        }
        if (host.isPresent()) {
            ownWire(svg);
            if (topology.sharedNic()) {
                wire(svg, HOST, FABRIC);
            }
        }
    }

    /** The host's own interface, which is not the one that the guests share. */
    private void ownWire(Element svg) {
        Point joint = new Point(SWITCH_X + SWITCH_WIDTH / 2, middle + BOX_HEIGHT / 2);
        int y = hostTop() + BOX_HEIGHT - OWN_WIRE;
        svg.add(Element.of("polyline", "wire")
                .with(
                        "points",
                        "%d,%d %d,%d %d,%d"
                                .formatted(
                                        GUEST_X + BOX_WIDTH,
                                        y,
                                        joint.x(),
                                        y,
                                        joint.x(),
                                        joint.y())));
    }

    /** What the guests are on. */
    private String joint() {
        return topology.separate() ? SWITCH : FABRIC;
    }

    private void wire(Element svg, String one, String other) {
        List<Point> way = way(one, other);
        for (int at = 1; at < way.size(); at++) {
            Point from = way.get(at - 1);
            Point to = way.get(at);
            svg.add(Drawing.line("wire", from.x(), from.y(), to.x(), to.y()));
        }
    }

    private void joints(Element svg) {
        int tall = Math.max(BOX_HEIGHT, ROW * guests.size() - 16);
        if (!topology.separate()) {
            int top = middle - tall / 2;
            svg.add(
                    Drawing.box("joint", FABRIC_X, top, FABRIC_WIDTH, tall),
                    Drawing.text(
                            "name",
                            FABRIC_X + FABRIC_WIDTH / 2,
                            top - LABEL,
                            topology.fabric().startsWith("hub")
                                    ? "virtual hub"
                                    : "virtual switch"));
        }
        int narrow = topology.separate() ? tall : BOX_HEIGHT;
        svg.add(
                Drawing.box("joint", SWITCH_X, middle - narrow / 2, SWITCH_WIDTH, narrow),
                Drawing.text(
                        "name",
                        SWITCH_X + SWITCH_WIDTH / 2,
                        middle - narrow / 2 - LABEL,
                        "physical switch"));
    }

    private void station(Element svg, Station station, int x) {
        Point port = ports.get(station.name());
        if (port == null) {
            return;
        }
        int y = port.y() - BOX_HEIGHT / 2;
        String kind = station.attacks()
                ? "station attacker"
                : station.subject() ? "station subject" : "station";
        svg.add(Drawing.box(kind, x, y, BOX_WIDTH, BOX_HEIGHT));
        int centre = x + BOX_WIDTH / 2;
        List<String> roles = roles(station);
        svg.add(
                Drawing.text("name strong", centre, y + 18, Drawing.fitting(station.name(), 16)),
                Drawing.text(
                        "role",
                        centre,
                        y + 34,
                        roles.isEmpty() ? station.address() : String.join(", ", roles)));
    }

    private static List<String> roles(Station station) {
        List<String> roles = new ArrayList<>();
        if (station.attacks()) {
            roles.add("attacker");
        }
        if (station.observes() && !station.attacks()) {
            roles.add("observer");
        }
        if (station.subject()) {
            roles.add("protected");
        }
        return roles;
    }

    /** The corners of the way between two places, along the wires. */
    private List<Point> way(String from, String to) {
        List<Point> way = new ArrayList<>();
        Point previous = null;
        for (String place : route(from, to)) {
            Point next = ports.get(place);
            if (next == null) {
                continue;
            }
            if (previous != null && previous.y() != next.y() && isBranch(place)) {
                way.add(new Point(next.x(), previous.y()));
            } else if (previous != null && previous.y() != next.y()) {
                way.add(new Point(previous.x(), next.y()));
            }
            way.add(next);
            previous = next;
        }
        return way;
    }

    private static boolean isBranch(String place) {
        return place.equals(FABRIC) || place.equals(SWITCH);
    }

    /** The places between two, by what each hangs on. */
    private List<String> route(String from, String to) {
        List<String> up = branch(from);
        List<String> down = branch(to);
        List<String> route = new ArrayList<>(up);
        int shared = -1;
        for (int at = 0; at < down.size() && shared < 0; at++) {
            shared = up.indexOf(down.get(at)) >= 0 ? at : -1;
        }
        if (shared < 0) {
            return List.of(from, to);
        }
        while (!route.getLast().equals(down.get(shared))) {
            route.removeLast();
        }
        for (int at = shared - 1; at >= 0; at--) {
            route.add(down.get(at));
        }
        return route;
    }

    private List<String> branch(String place) {
        if (place.equals(SWITCH)) {
            return List.of(SWITCH);
        }
        if (place.equals(SOURCE)) {
            return List.of(SOURCE, SWITCH);
        }
        if (place.equals(UPLINK)) {
            return List.of(UPLINK, FABRIC, SWITCH);
        }
        if (topology.separate()) {
            return List.of(place, SWITCH);
        }
        boolean ownWire = place.equals(HOST) && !topology.sharedNic();
        if (ownWire) {
            return List.of(HOST, SWITCH);
        }
        return place.equals(FABRIC) ? List.of(FABRIC, SWITCH) : List.of(place, FABRIC, SWITCH);
    }

    private void leak(Element svg, Leak leak) {
        switch (leak) {
            case Leak.OfFrame frame -> {
                List<String> ends = ends(frame);
                if (ports.containsKey(frame.meantFor()) && !ends.contains(frame.meantFor())) {
                    arrow(svg, "meant", frame.from(), frame.meantFor(), ASIDE);
                }
                ends.forEach(end -> arrow(svg, "leak", frame.from(), end, -ASIDE));
            }
            case Leak.OfBytes bytes -> outside(svg, bytes);
        }
    }

    /** Where it came to light; of what its sender's capture proves, wherever else it arrived. */
    private List<String> ends(Leak.OfFrame frame) {
        if (!frame.seenBy().equals(frame.from())) {
            return List.of(frame.seenBy());
        }
        return frame.sightings().stream()
                .map(Leak.Sighting::vantage)
                .filter(vantage -> !vantage.equals(frame.from())
                        && !vantage.equals(frame.meantFor())
                        && !vantage.equals(UPLINK)
                        && ports.containsKey(vantage))
                .toList();
    }

    private void arrow(Element svg, String kind, String from, String to, int aside) {
        List<Point> way = way(from, to);
        if (way.size() < 2) {
            return;
        }
        List<Point> drawn = new ArrayList<>();
        for (int at = 0; at < way.size(); at++) {
            boolean end = at == 0 || at == way.size() - 1;
            Point point = way.get(at);
            drawn.add(new Point(end ? point.x() : point.x() + aside, point.y() + aside));
        }
        String points = drawn.stream()
                .map(point -> "%d,%d".formatted(point.x(), point.y()))
                .collect(Collectors.joining(" "));
        Point last = drawn.getLast();
        Point before = drawn.get(drawn.size() - 2);
        svg.add(
                Element.of("polyline", kind).with("points", points),
                Drawing.head(kind + "-head", before.x(), before.y(), last.x(), last.y()));
    }

    /** What was found in files did not go through a network: the arrow goes round on the left. */
    private void outside(Element svg, Leak.OfBytes bytes) {
        Point from = ports.get(bytes.from());
        Point to = ports.get(bytes.seenBy());
        if (from == null || to == null || from.equals(to)) {
            return;
        }
        int left = GUEST_X;
        int around = GUEST_X - 12;
        svg.add(
                Element.of("polyline", "leak")
                        .with(
                                "points",
                                "%d,%d %d,%d %d,%d %d,%d"
                                        .formatted(
                                                left, from.y(), around, from.y(), around, to.y(),
                                                left, to.y())),
                Drawing.head("leak-head", around, to.y(), left, to.y()));
    }

    private String words() {
        String place = topology.separate()
                ? "Separate machines on a physical %s.".formatted(topology.fabric())
                : "On the host the guests are joined by a %s.".formatted(topology.fabric());
        return topology.leak().map(leak -> place + " " + words(leak)).orElse(place);
    }

    private static String words(Leak leak) {
        return switch (leak) {
            case Leak.OfFrame frame ->
                "The first proving frame was sent by %s, addressed to %s, and is in the capture of %s; %s."
                        .formatted(frame.from(), frame.meantFor(), frame.seenBy(), captures(frame));
            case Leak.OfBytes bytes ->
                "What %s keeps was found by %s in %s."
                        .formatted(bytes.from(), bytes.seenBy(), bytes.file());
        };
    }

    private static String captures(Leak.OfFrame frame) {
        List<String> places = frame.sightings().stream()
                .map(sighting -> sighting.sent()
                        ? "%s (sent)".formatted(sighting.vantage())
                        : sighting.vantage())
                .toList();
        return places.isEmpty()
                ? "no capture has it"
                : "captures that have it: " + String.join(", ", places);
    }
}
