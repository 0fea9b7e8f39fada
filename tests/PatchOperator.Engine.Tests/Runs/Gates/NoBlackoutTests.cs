using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class NoBlackoutTests
{
    [Theory]
    [InlineData(null, false, "go")]
    [InlineData(false, false, "go")]
    [InlineData(true, false, "not yet, WaitingForWindow: blackout 'holidays' lasts until 2027-01-07 00:00 UTC; 0 nodes in flight finish, and 2 wait")]
    [InlineData(true, true, "not yet, Running: blackout 'holidays' lasts until 2027-01-07 00:00 UTC; 1 nodes in flight finish, and 1 wait")]
    public void No_node_begins_while_a_blackout_lasts(bool? lasts, bool inFlight, string says)
    {
        var input = Input(Settings(), inFlight ? InFlight("a") : Pending("a"), Pending("b"));

        Assert.Equal(says, GateWords.Of(new NoBlackout(), input with
        {
            Freezes = lasts is { } now ? [new FreezeState(false, null, "not this one"), new FreezeState(now, null, "blackout 'holidays' lasts until 2027-01-07 00:00 UTC")] : [],
        }));
    }

    /// <summary>A window is closed in its own blackouts; a run that goes by none must ask for them.</summary>
    [Theory]
    [InlineData(true, true, "go")]
    [InlineData(false, false, "go")]
    [InlineData(false, true, "not yet, WaitingForWindow: blackout 'holidays' lasts until 2026-11-20 13:00 UTC; 0 nodes in flight finish, and 2 wait")]
    public void What_goes_by_no_window_keeps_to_the_blackouts_of_windows(bool bound, bool blackout, string says)
    {
        var input = Input(Settings(), Pending("a"), Pending("b")).Saying(spec => bound ? spec : spec with { Window = null, WindowOpenedAt = null });
        var closed = ClosedWindow() with { Blackout = blackout ? new Blackout("blackout 'holidays'", Noon.AddHours(1)) : null };

        Assert.Equal(says, GateWords.Of(new NoBlackout(), input with { Windows = Named(closed) }));
        var overriding = input.Saying(spec => spec with { Emergency = new RunEmergency { OverrideBlackouts = true } });
        Assert.Equal("go", GateWords.Of(new NoBlackout(), overriding with { Windows = Named(closed), Freezes = [new FreezeState(true, null, "blackout")] }));
        input.Saying(spec => spec with { Emergency = null });
        Assert.Equal(bound || blackout, !(input with { Windows = Named(closed) }).Accepts(Pending("a")));
    }
}
