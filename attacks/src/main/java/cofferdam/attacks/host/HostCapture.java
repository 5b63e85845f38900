package cofferdam.attacks.host;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.network.CaptureCampaign;
import cofferdam.monitor.NetworkInterfaces;

import java.util.List;

/**
 * The host's operating system listens in promiscuous mode on every interface that it has. On a
 * monitor that owns the interfaces itself it may have none.
 */
public final class HostCapture implements Attack {

    private static final Victims VICTIMS = new Victims(0, 8);

    @Override
    public String name() {
        return "host-capture";
    }

    @Override
    public String summary() {
        return "listens on every interface of the host's operating system for its guests' frames";
    }

    @Override
    public Boundary boundary() {
        return Boundary.HOST;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        NetworkInterfaces interfaces = adversary
                .machine()
                .offer(NetworkInterfaces.class)
                .orElseThrow(MissingCapabilityException::new);
        return CaptureCampaign.begin(interfaces.all(), adversary.report());
    }
}
