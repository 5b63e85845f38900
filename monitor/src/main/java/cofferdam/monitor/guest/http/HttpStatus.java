package cofferdam.monitor.guest.http;

/** How a request ended (RFC 9110 section 15; 431: RFC 6585 section 5). */
enum HttpStatus {
    OK(200, "OK"),
    BAD_REQUEST(400, "Bad Request"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    TARGET_TOO_LONG(414, "URI Too Long"),
    FIELDS_TOO_LARGE(431, "Request Header Fields Too Large"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    private final int code;
    private final String reason;

    HttpStatus(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** As it stands in a status line, such as {@code 404 Not Found}. */
    String line() {
        return code + " " + reason;
    }
}
