package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.RawNic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Listens in promiscuous mode on some interfaces, and sends nothing. */
public final class CaptureCampaign implements Attack.Campaign {

    private final List<RawNic> nics;
    private final Consumer<String> report;
    private final List<RawNic.Listening> listenings = new ArrayList<>();
    private final List<Overheard> overheard = new ArrayList<>();
    private boolean stopped;

    private CaptureCampaign(List<RawNic> nics, Consumer<String> report) {
        this.nics = List.copyOf(nics);
        this.report = report;
    }

    /**
     * Begins to listen on all of these interfaces; {@code report} gets one sentence each at the
     * end.
     */
    public static CaptureCampaign begin(List<RawNic> nics, Consumer<String> report) {
        CaptureCampaign campaign = new CaptureCampaign(nics, report);
        campaign.nics.forEach(campaign::listen);
        return campaign;
    }

    private void listen(RawNic nic) {
        Overheard heard = new Overheard(nic);
        overheard.add(heard);
        listenings.add(nic.listen(heard::count));
        nic.promiscuous(true);
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        nics.forEach(nic -> nic.promiscuous(false));
        listenings.forEach(RawNic.Listening::stop);
        overheard.forEach(heard -> report.accept(heard.toString()));
    }

    @Override
    public boolean stopped() {
        return stopped;
    }
}
