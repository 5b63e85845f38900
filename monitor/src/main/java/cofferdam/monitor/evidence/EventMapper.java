package cofferdam.monitor.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

import java.util.function.Function;

/** How events become JSON and back; reading accepts nothing that writing would not give. */
final class EventMapper {

    private static final int MAXIMUM_DEPTH = 8;

    private EventMapper() {}

    static JsonMapper create() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAXIMUM_DEPTH)
                        .maxStringLength(EventLog.MAXIMUM_LINE_BYTES)
                        .maxNameLength(EventLog.MAXIMUM_LINE_BYTES)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .addModule(texts())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    private static SimpleModule texts() {
        SimpleModule module = new SimpleModule("texts");
        text(module, MacAddress.class, MacAddress::parse);
        text(module, Ipv4Address.class, Ipv4Address::parse);
        text(module, Ipv6Address.class, Ipv6Address::parse);
        text(module, FlowId.class, FlowId::new);
        text(module, Canary.class, Canary::new);
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new FromText<>(type, parse));
    }

    /** Reads a value from the text that its {@code toString} gives. */
    private static final class FromText<T> extends ValueDeserializer<T> {

        private final Class<T> type;
        private final Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw context.wrongTokenException(parser, type, JsonToken.VALUE_STRING, "not text");
            }
            String text = parser.getString();
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(text, type, e.getMessage());
            }
        }
    }
}
