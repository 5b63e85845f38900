package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.util.List;

/**
 * Answers the first victim's DHCP questions (RFC 2131) at once, whoever was asked, gives it the
 * address that it has, and names itself as the router. What then comes in goes on to the second
 * victim, the true router, so that nothing seems amiss.
 */
public final class RogueDhcp implements Attack {

    private static final Victims VICTIMS = new Victims(2, 2);

    @Override
    public String name() {
        return "rogue-dhcp";
    }

    @Override
    public String summary() {
        return "answers DHCP questions faster than the true server and makes itself the router";
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
        LeasingCampaign campaign =
                new LeasingCampaign(Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES));
        campaign.begin();
        return campaign;
    }
}
