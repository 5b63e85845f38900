package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.RawNic;

import java.util.List;

/** A machine listens on its first interface in promiscuous mode. */
public final class PromiscuousCapture implements Attack {

    private static final Victims VICTIMS = new Victims(0, 8);

    @Override
    public String name() {
        return "promiscuous-capture";
    }

    @Override
    public String summary() {
        return "listens in promiscuous mode for frames between other machines";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
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
        RawNic nic = adversary
                .machine()
                .offer(NetworkInterfaces.class)
                .orElseThrow(MissingCapabilityException::new)
                .first();
        return CaptureCampaign.begin(List.of(nic), adversary.report());
    }
}
