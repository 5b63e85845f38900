package cofferdam.analysis.rules;

/** What a value can be held against. */
enum KnownCheck implements Rule.Check {
    /** Is not what documents and templates write in place of a secret. */
    NOT_PLACEHOLDER(match -> !Placeholders.isPlaceholder(match)),

    /** Ends with its own checksum, as tokens of GitHub and npm do. */
    CRC32_BASE62(Checksums::endsWithCrc32),

    /** Is the Base64 of a user's name, a colon and a password. */
    BASIC_CREDENTIALS(EncodedValues::isBasicCredentials),

    /** Has a header that names an algorithm. */
    JSON_WEB_TOKEN(EncodedValues::isJsonWebToken),

    /** Is eight numbers that are multiples of 11, as recovery keys of BitLocker are. */
    MODULO_11(Checksums::isRecoveryKey),

    /** Is not the NTLM hash of the empty password, which stands for a disabled account. */
    NOT_BLANK_NTLM(match -> !EncodedValues.isBlankNtlm(match));

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method without state
    private final Rule.Check check;

    KnownCheck(Rule.Check check) {
        this.check = check;
    }

    @Override
    public boolean accepts(byte[] match) {
        return check.accepts(match);
    }
}
