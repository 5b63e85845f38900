package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;

/**
 * A port of a fabric. Frames that come in from its cable are given to {@link #accept}; what a
 * virtual network interface tells its monitor is told to it too.
 */
public final class FabricPort implements GuestPort {

    /** The address of an uplink; equals no 48-bit address. */
    private static final long NO_ADDRESS = -1;

    private final Fabric fabric;
    private final int number;
    private final String name;
    private final Role role;
    private final long configuredAddress;
    private final FrameSink cable;
    /** The fabric's, kept here too: one step fewer on the way of every frame. */
    private final ForwardingRule rule;

    private final PortPolicy.Grant promiscuous;
    private final IngressFilter[] beforeLearning;
    private final IngressFilter[] afterLearning;
    private long currentAddress;
    private boolean copied;

    private FabricPort(Fabric fabric, Role role, String name, long address, FrameSink cable) {
        this.fabric = fabric;
        number = fabric.nextNumber();
        this.name = name;
        this.role = role;
        this.cable = cable;
        rule = fabric.rule();
        configuredAddress = address;
        currentAddress = address;
        PortPolicy policy = role == Role.GUEST ? fabric.guestPolicy() : PortPolicy.TRUSTED;
        promiscuous = policy.promiscuous();
        beforeLearning = policy.beforeLearning().toArray(IngressFilter[]::new);
        afterLearning = policy.afterLearning().toArray(IngressFilter[]::new);
    }

    static FabricPort guest(Fabric fabric, String name, MacAddress address, FrameSink cable) {
        return new FabricPort(fabric, Role.GUEST, name, address.value(), cable);
    }

    static FabricPort trusted(Fabric fabric, String name, MacAddress address, FrameSink cable) {
        return new FabricPort(fabric, Role.TRUSTED, name, address.value(), cable);
    }

    static FabricPort uplink(Fabric fabric, String name, FrameSink cable) {
        return new FabricPort(fabric, Role.UPLINK, name, NO_ADDRESS, cable);
    }

    /**
     * The machine at this port, or the uplink's name; the subject of drops that are counted here.
     */
    public String name() {
        return name;
    }

    /** A frame from the cable enters the fabric. */
    @Override
    public void accept(byte[] buffer, int offset, int length) {
        fabric.receive(this, buffer, offset, length);
    }

    /**
     * A frame with a tag that this port's virtual LAN takes off enters the fabric: its filters see
     * it with the tag, and it goes on without.
     */
    void acceptTagged(byte[] buffer, int offset, int length) {
        fabric.receiveTagged(this, buffer, offset, length);
    }

    /** The cable was cut: the fabric forgets what it has heard on this port. */
    @Override
    public void linkDown() {
        fabric.linkDown(this);
    }

    /** The cable was connected again. */
    @Override
    public void linkUp() {
        fabric.linkUp(this);
    }

    @Override
    public void addressChanged(MacAddress address) {
        currentAddress = address.value();
        fabric.portChanged();
    }

    @Override
    public boolean promiscuous(boolean requested) {
        copied = requested && promiscuous.copiesSegment();
        fabric.portChanged();
        return requested && promiscuous.opensInterface();
    }

    /** Takes what leaves the fabric by this port. */
    FrameSink cable() {
        return cable;
    }

    ForwardingRule rule() {
        return rule;
    }

    int number() {
        return number;
    }

    long bit() {
        return 1L << number;
    }

    boolean isGuest() {
        return role == Role.GUEST;
    }

    boolean isUplink() {
        return role == Role.UPLINK;
    }

    long configuredAddress() {
        return configuredAddress;
    }

    long currentAddress() {
        return currentAddress;
    }

    boolean isReaddressed() {
        return currentAddress != configuredAddress;
    }

    boolean isCopied() {
        return copied;
    }

    /** In order; not to be changed. */
    IngressFilter[] beforeLearning() {
        return beforeLearning;
    }

    /** In order; not to be changed. */
    IngressFilter[] afterLearning() {
        return afterLearning;
    }

    private enum Role {
        GUEST,
        TRUSTED,
        UPLINK
    }
}
