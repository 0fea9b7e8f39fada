using PatchOperator.Agent.Packages;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Steps;

public class RemovalWaysTests
{
    private static readonly PendingUpdate Fix = Update("fix") with { Security = true, Blocked = "would break old" };

    [Fact]
    public async Task What_only_comes_with_a_fix_is_told_as_well_by_its_own_reason_where_it_has_one()
    {
        var ways = Ways();
        var (free, kept, own) = (Update("free"), Update("kept") with { Blocked = "kept back" }, Update("own") with { Blocked = "would break older" });
        Assert.Equal("", await ways.AddAsync(Fix, ["old"], [("fix", "2"), ("free", "2"), ("kept", "2"), ("own", "2"), ("new", "1")]));
        Assert.Equal("", await ways.AddAsync(own, ["older"], [("own", "2")]));

        Assert.Equal(
            ["fix would break old: old", "free", "kept kept back: old", "own would break older: older", "new would break old: old"],
            ways.Apply([Fix, free, kept, own]).Select(Describe));
        Assert.All(ways.Apply([Fix, free, kept, own]), update => Assert.True(update.Security));
    }

    [Fact]
    public async Task What_is_itself_updated_does_not_go_for_another()
    {
        var ways = Ways();
        await ways.AddAsync(Fix, ["old"], [("fix", "2"), ("new", "1")]);

        Assert.Equal(["fix would break old; of old there is an update", "old"], ways.Apply([Fix, Update("old")]).Select(Describe));
        Assert.Equal(["fix would break old; of old there is an update", "old phased"], ways.Apply([Fix, Update("old") with { Blocked = "phased", Phased = true }]).Select(Describe));
        Assert.Equal("fix would break old: old", ways.Apply([Fix, Update("old") with { Blocked = "pinned" }]).Select(Describe).First());
    }

    [Fact]
    public async Task Nothing_is_to_come_at_two_versions()
    {
        var (ways, kept) = (Ways(), Update("kept") with { Blocked = "would break old" });
        await ways.AddAsync(Fix, ["old"], [("fix", "2"), ("own", "3")]);
        await ways.AddAsync(kept, ["old"], [("kept", "2"), ("own", "4")]);

        Assert.Equal(["fix would break old: old", "kept would break old", "own would break old: old"], ways.Apply([Fix, kept]).Select(Describe));
        Assert.Equal(["fix would break old", "kept would break old", "own"], ways.Apply([Fix, kept, Update("own")]).Select(Describe));
    }

    [Fact]
    public async Task Two_that_would_each_take_the_other_away_are_not_to_be_had()
    {
        var (ways, old) = (Ways(), Update("old") with { Blocked = "needs the removal of fix" });
        await ways.AddAsync(Fix, ["old"], [("fix", "2")]);
        await ways.AddAsync(old, ["fix"], [("old", "2")]);

        Assert.All(ways.Apply([Fix, old]), update => Assert.Null(update.Removes));
    }

    [Theory]
    [InlineData("new", "1", ", and needs the new package new")]
    [InlineData("kept", "0", ", and would change kept, which is on hold or newer")]
    [InlineData("held", "2", ", and would change held, which is on hold or newer")]
    [InlineData("held", "1", "")]
    public async Task What_may_not_be_changed_is_in_the_way_too(string name, string version, string because)
    {
        var ways = Ways(allowNewPackages: false);

        Assert.Equal(because, await ways.AddAsync(Fix, ["old"], [("fix", "2"), (name, version)]));
        Assert.Equal(because.Length == 0, ways.Apply([Fix])[0].Removes is not null);
    }

    [Fact]
    public async Task What_must_stay_is_in_the_way_too()
    {
        var ways = Ways();

        Assert.Equal("; held must stay: on hold, essential, or of the kernel that runs", await ways.AddAsync(Fix, ["held", "old"], [("fix", "2")]));
        Assert.Equal("", await ways.AddAsync(Fix, ["old"], [("other", "2")]));
        Assert.Equal([Fix], ways.Apply([Fix]));
    }

    [Fact]
    public async Task Where_nothing_may_go_at_all_nothing_is_told_of_it_and_nothing_counts_as_needed()
    {
        var ways = Ways(allowRemovals: false);

        Assert.Equal("", await ways.AddAsync(Fix, ["held", "old"], [("fix", "2"), ("free", "2"), ("new", "1")]));
        Assert.Equal([Fix, Update("free")], ways.Apply([Fix, Update("free")]));
    }

    private static RemovalWays Ways(bool allowNewPackages = true, bool allowRemovals = true) => new(
        [.. new[] { "fix", "free", "kept", "own", "old", "older", "held" }.Select(name => new InstalledPackage(name, "1", InstalledPackage.Whole, name == "held", false, 1))],
        DebianVersions.Order,
        new UpdateRules([], IgnorePhasing: false, allowNewPackages, allowRemovals),
        packages => Task.FromResult<IReadOnlyList<string>>([.. packages.Where(package => package.Held).Select(package => package.Name)]));

    private static PendingUpdate Update(string name) => new(name, "1", "2", Security: false, Held: false);

    private static string Describe(PendingUpdate update) =>
        $"{update.Name}{(update.Blocked is { } why ? $" {why}" : "")}{(update.Removes is { } names ? $": {string.Join(' ', names)}" : "")}";
}
