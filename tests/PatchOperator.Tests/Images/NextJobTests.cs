using PatchOperator.Api;

namespace PatchOperator.Tests.Images;

public class NextJobTests
{
    /// <summary>Which of them is newer, is another question for each: a release that is older by Debian's order is newer by rpm's.</summary>
    [Fact]
    public void Of_each_system_its_own_versions_are_looked_for()
    {
        var updates = Expected(
            Update("openssl", "3", "amd64"), Update("openssl", "4", "arm64"), Update("bash", "5", "amd64"),
            Update("openssl", "3-1.el9", "x86_64", "almalinux-9.4"), Update("openssl", "3-1.1.el9", "aarch64", "almalinux-9.4"));

        Assert.Equal(
            [
                ("debian-12", "amd64", "bash 5, openssl 3"), ("debian-12", "arm64", "openssl 4"),
                ("almalinux-9.4", "x86_64", "openssl 3-1.el9"), ("almalinux-9.4", "aarch64", "openssl 3-1.1.el9"),
            ],
            updates);
    }

    /// <summary>A build that is under way was asked for what was known when it was reserved: a run that ends meanwhile is looked for in a scan.</summary>
    [Fact]
    public void A_Job_looks_for_the_runs_that_were_over_when_it_was_reserved()
    {
        var story = new BaselineStory(Following)
            .PatchedNodes("workers-1", "workers", Update("openssl", "2", "amd64"));
        story.PatchedNodes("workers-2", "workers", Update("curl", "1", "amd64"));

        story.Lost().Later(TimeSpan.FromHours(1));

        Assert.Equal(2, story.Started.Count);
        Assert.All(story.Started, job => Assert.Equal(story.UidOf("workers-1"), Assert.Single(job.Request.Expected).Run));

        story.Built('a');
        Assert.Equal([story.UidOf("workers-2"), story.UidOf("workers-1")], story.Running.Request.Expected.Select(run => run.Run));
    }

    /// <summary>Three runs of which a Job can be asked for one: each scan asks for what is not known yet, until all is.</summary>
    [Fact]
    public void What_is_too_much_for_one_scan_is_looked_for_by_the_next()
    {
        var story = new BaselineStory(Following).Settle().Built('a').Later(TimeSpan.FromHours(1));
        var runs = new[] { "workers-1", "workers-2", "workers-3" };
        foreach (var run in runs)
            story.Pass(TimeSpan.FromSeconds(1)).PatchedNodes(run, "workers", Many(900));

        var asked = new List<string>();
        while (story.Status.Job is not null)
        {
            asked.Add(Assert.Single(story.Running.Request.Expected).Run);
            story.Scanned();
            Assert.InRange(asked.Count, 1, 3);
        }

        Assert.Equal(runs.Select(story.UidOf).Order(), asked.Order());
        Assert.All(story.Status.Runs, run => Assert.True(run.InCurrent));
    }

    /// <summary>One that no Job can be asked for would have the image scanned without end; what fits beside it is looked for all the same.</summary>
    [Fact]
    public void A_run_that_is_too_much_by_itself_is_left_out_and_said_to_be()
    {
        var story = new BaselineStory(Following).Settle().Built('a').Later(TimeSpan.FromHours(1)).PatchedNodes("workers-1", "workers", Many(1800));
        Assert.Empty(story.Running.Request.Expected);

        story.Scanned();
        Assert.Null(story.Status.Job);
        Assert.True(Assert.Single(story.Status.Runs).TooLarge);

        story.Pass(TimeSpan.FromSeconds(1)).PatchedNodes("workers-2", "workers", Update("bash", "5", "amd64"));
        Assert.Equal(story.UidOf("workers-2"), Assert.Single(story.Running.Request.Expected).Run);
        story.Scanned();
        Assert.Equal([("workers-2", false), ("workers-1", true)], story.Status.Runs.Select(run => (run.Run, run.TooLarge)));
        Assert.Null(story.Status.Job);

        story.Later(TimeSpan.FromHours(25));
        Assert.Equal(ImageJobKind.Scan, story.Running.Job.Kind);
    }

    private static ImageBaselineSpec Following(ImageBaselineSpec spec) => spec with { Triggers = new ImageTriggers { OnPolicies = ["workers"] } };

    private static RunUpdate[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Update($"a-package-with-quite-a-long-name-{number:0000}", "1:2.3.4-5+deb12u6", "amd64"))];

    private static List<(string? OsFamily, string? Architecture, string Updates)> Expected(params RunUpdate[] updates)
    {
        var story = new BaselineStory(Following).Settle().Built('a')
            .Later(TimeSpan.FromHours(1)).PatchedNodes("workers-1", "workers", updates);
        Assert.Equal(ImageJobKind.Scan, story.Running.Job.Kind);
        return
        [
            .. story.Running.Request.Expected.Select(run => (run.OsFamily, run.Architecture, string.Join(
                ", ", run.Updates.OrderBy(update => update.Name, StringComparer.Ordinal).Select(update => $"{update.Name} {update.Version}")))),
        ];
    }

    private static RunUpdate Update(string name, string version, string architecture, string osFamily = "debian-12") =>
        new() { OsFamily = osFamily, Architecture = architecture, Name = name, Version = version };
}
