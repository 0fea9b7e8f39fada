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
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { OnPolicies = ["workers"] } })
            .PatchedNodes("workers-1", "workers", Update("openssl", "2", "amd64"));
        story.PatchedNodes("workers-2", "workers", Update("curl", "1", "amd64"));

        story.Lost().Later(TimeSpan.FromHours(1));

        Assert.Equal(2, story.Started.Count);
        Assert.All(story.Started, job => Assert.Equal(story.UidOf("workers-1"), Assert.Single(job.Request.Expected).Run));

        story.Built('a');
        Assert.Equal([story.UidOf("workers-1"), story.UidOf("workers-2")], story.Running.Request.Expected.Select(run => run.Run));
    }

    private static List<(string? OsFamily, string? Architecture, string Updates)> Expected(params RunUpdate[] updates)
    {
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { OnPolicies = ["workers"] } }).Settle().Built('a')
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
