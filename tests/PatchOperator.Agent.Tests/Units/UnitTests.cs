using PatchOperator.Agent.Units;

namespace PatchOperator.Agent.Tests.Units;

public class UnitTests
{
    private static readonly TimeSpan Uptime = TimeSpan.FromMinutes(10);
    private static readonly HostUnit Web = new(
        "web.service", "loaded", "active", "running", "enabled", IsTransient: false, MeetsConditions: true, IsWanted: true, Triggers: "", HasJob: false, TimeSpan.FromMinutes(1));

    private static readonly HostUnit Data = Web with { Name = "data.mount", File = "generated" };

    public static TheoryData<string, object, object> Broken { get; } = new()
    {
        { "has failed", Web, Web with { Active = "failed", Sub = "failed" } },
        { "was stopped", Web, Web with { Active = "inactive", Sub = "dead" } },
        { "never comes up", Web, Web with { Active = "activating", Sub = "auto-restart" } },
        { "ends right after each start", Web, Web with { ActiveAt = Uptime - TimeSpan.FromSeconds(3) } },
        { "is not asked to start any more", Web, Web with { Active = "inactive", Sub = "dead", File = "disabled" } },
        { "a disk that is not mounted", Data, Data with { Active = "inactive" } },
        { "has failed, which was not there before", Web with { Name = "other.service" }, Web with { Active = "failed" } },
        { "has failed, which something else starts", Web with { File = "static", Active = "inactive" }, Web with { File = "static", Active = "failed" } },
    };

    public static TheoryData<string, object, object> Well { get; } = new()
    {
        { "runs", Web, Web },
        { "was restarted", Web, Web with { ActiveAt = Uptime - TimeSpan.FromSeconds(10) } },
        { "had failed before", Web with { Active = "failed" }, Web with { Active = "failed" } },
        { "did not run before", Web with { Active = "inactive" }, Web with { Active = "inactive" } },
        { "runs when it is needed", Web with { File = "static" }, Web with { File = "static", Active = "inactive" } },
        { "went with its package", Web, Web with { Load = "not-found", Active = "inactive" } },
        { "its conditions keep it from starting", Web, Web with { Active = "inactive", MeetsConditions = false } },
        { "a disk that is mounted when it is needed", Data with { Triggers = "data.automount" }, Data with { Triggers = "data.automount", Active = "inactive" } },
        { "a disk that a person has mounted", Data with { IsWanted = false }, Data with { IsWanted = false, Active = "inactive" } },
        { "ends when nobody needs it", Web with { Triggers = "web.socket" }, Web with { Triggers = "web.socket", Active = "inactive" } },
        { "came and went before as well", Web with { ActiveAt = Uptime - TimeSpan.FromSeconds(2) }, Web with { Active = "activating", Sub = "auto-restart" } },
        { "a job of a timer has failed", Web with { Triggers = "web.timer", Active = "inactive" }, Web with { Triggers = "web.timer", Active = "failed" } },
        { "a session has failed", Web with { Name = "user@0.service", File = "static" }, Web with { Name = "user@0.service", File = "static", Active = "failed" } },
        { "went with its package, badly", Web, Web with { Load = "not-found", Active = "failed" } },
        { "somebody's own, made at run time", Web with { IsTransient = true, Active = "inactive" }, Web with { IsTransient = true, Active = "failed" } },
    };

    [Theory]
    [InlineData("activating", "start", false, true)]
    [InlineData("activating", "start-post", false, true)]
    [InlineData("inactive", "dead", true, true)]
    [InlineData("activating", "auto-restart", false, false)]
    [InlineData("deactivating", "stop", false, false)]
    public void What_says_that_it_is_starting_may_take_its_time(string active, string sub, bool hasJob, bool starting) =>
        Assert.Equal(starting, Changes([Web], Web with { Active = active, Sub = sub, HasJob = hasJob }).AreStarting);

    [Fact]
    public void What_is_noted_can_be_read()
    {
        var noted = UnitBaseline.Parse(UnitBaseline.Format(TimeSpan.FromSeconds(4711.25), "Id=a.service\nActiveState=active\n\nId=b.service\nActiveState=failed\n"));

        Assert.Equal(TimeSpan.FromSeconds(4711.25), noted.Uptime);
        Assert.Equal(["a.service", "b.service"], noted.Units.Select(unit => unit.Name));
    }

    /// <summary>Captured from systemd 252; job and triggers made up.</summary>
    [Fact]
    public void Reads_what_systemd_says()
    {
        const string Said = """
            Id=kubelet.service
            LoadState=loaded
            ActiveState=active
            SubState=running
            UnitFileState=enabled
            ActiveEnterTimestampMonotonic=1600604798
            Job=
            ConditionResult=yes
            ConditionTimestampMonotonic=1600601413
            Transient=no
            TriggeredBy=
            WantedBy=multi-user.target
            RequiredBy=

            Id=etc-hosts.mount
            LoadState=loaded
            ActiveState=active
            SubState=mounted
            UnitFileState=
            ActiveEnterTimestampMonotonic=1595830481
            Job=17
            ConditionResult=no
            ConditionTimestampMonotonic=0
            Transient=yes
            TriggeredBy=a.socket b.timer

            Id=systemd-firstboot.service
            LoadState=loaded
            ActiveState=inactive
            SubState=dead
            UnitFileState=static
            ActiveEnterTimestampMonotonic=0
            Job=0
            ConditionResult=no
            ConditionTimestampMonotonic=1597836139
            Transient=no

            """;

        Assert.Equal(
            [
                new HostUnit(
                    "kubelet.service", "loaded", "active", "running", "enabled", IsTransient: false, MeetsConditions: true, IsWanted: true,
                    Triggers: "", HasJob: false, TimeSpan.FromMicroseconds(1_600_604_798)),
                new HostUnit(
                    "etc-hosts.mount", "loaded", "active", "mounted", "", IsTransient: true, MeetsConditions: true, IsWanted: false,
                    Triggers: "a.socket b.timer", HasJob: true, TimeSpan.FromMicroseconds(1_595_830_481)),
                new HostUnit(
                    "systemd-firstboot.service", "loaded", "inactive", "dead", "static", IsTransient: false, MeetsConditions: false, IsWanted: false,
                    Triggers: "", HasJob: false, TimeSpan.Zero),
            ],
            UnitList.Parse(Said));
        Assert.Equal("kubelet.service (active, running)", UnitList.Parse(Said)[0].ToString());
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_ran_and_does_not_is_broken(string why, object before, object now)
    {
        var changes = Changes([(HostUnit)before], (HostUnit)now);
        Assert.True(changes.Broken is [var unit] && unit == (HostUnit)now, why);
    }

    [Theory]
    [MemberData(nameof(Well))]
    public void All_else_is_well(string why, object before, object now)
    {
        var changes = Changes([(HostUnit)before], (HostUnit)now);
        Assert.True(changes is { Broken: [], AreUnderWay: false }, why);
    }

    [Theory]
    [InlineData("activating", false, 60, true)]
    [InlineData("deactivating", false, 60, true)]
    [InlineData("reloading", false, 60, true)]
    [InlineData("active", false, 597, true)]
    [InlineData("active", false, 590, false)]
    [InlineData("inactive", true, 60, true)]
    [InlineData("inactive", false, 60, false)]
    [InlineData("failed", false, 60, false)]
    public void What_may_still_change_by_itself_is_waited_for(string active, bool hasJob, int activeAt, bool underWay)
    {
        var now = Web with { Active = active, HasJob = hasJob, ActiveAt = TimeSpan.FromSeconds(activeAt) };
        Assert.Equal(underWay, Changes([Web], now).AreUnderWay);
        Assert.False(Changes([], now).AreUnderWay);
    }

    public static TheoryData<string, object, bool> SinceVerified { get; } = new()
    {
        { "was disabled and stopped", Web with { Active = "inactive", Sub = "dead", File = "disabled" }, false },
        { "was masked and stopped", Web with { Load = "masked", Active = "inactive", Sub = "dead", File = "masked" }, false },
        { "was disabled, as it had failed", Web with { Active = "failed", Sub = "failed", File = "disabled" }, false },
        { "was stopped, and comes up with the host", Web with { Active = "inactive", Sub = "dead" }, true },
        { "has failed", Web with { Active = "failed", Sub = "failed" }, true },
    };

    [Theory]
    [MemberData(nameof(SinceVerified))]
    public void What_somebody_has_disabled_since_the_operation_was_verified_is_left_alone(string why, object found, bool broken)
    {
        var now = (HostUnit)found;
        var verified = Changes([Web], now, Web.Name);

        Assert.True(broken ? verified is { Broken: [_], Disabled: [] } : verified is { Broken: [], Disabled: [_], AreUnderWay: false, AreStarting: false }, why);
        Assert.True(Changes([Web], now) is { Broken: [_], Disabled: [] }, why);
    }

    [Fact]
    public void What_is_disabled_and_runs_is_no_matter() =>
        Assert.True(Changes([Web], Web with { File = "disabled" }, Web.Name) is { Broken: [], Disabled: [] });

    /// <summary>As where its package went with the update: what brings it back does not enable it, and nobody has disabled it.</summary>
    [Fact]
    public void What_was_not_there_as_the_operation_was_verified_nobody_has_disabled_since() =>
        Assert.True(Changes([Web], Web with { File = "disabled", Active = "inactive", Sub = "dead" }, "app.service") is { Broken: [_], Disabled: [] });

    private static UnitChanges Changes(HostUnit[] before, HostUnit now, params string[] verified) => new(new UnitBaseline(Uptime, before), [now], Uptime, verified);
}
