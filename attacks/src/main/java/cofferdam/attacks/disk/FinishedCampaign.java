package cofferdam.attacks.disk;

import cofferdam.attacks.Attack;

/** An attack that was over as soon as it began. */
enum FinishedCampaign implements Attack.Campaign {
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
