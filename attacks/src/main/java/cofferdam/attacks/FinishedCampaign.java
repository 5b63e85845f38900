package cofferdam.attacks;

/** An attack that was over as soon as it began. */
public enum FinishedCampaign implements Attack.Campaign {
    INSTANCE;

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void stop() {}

    @Override
    public boolean stopped() {
        return true;
    }
}
