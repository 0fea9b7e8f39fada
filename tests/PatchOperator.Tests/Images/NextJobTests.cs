using PatchOperator.Api;

namespace PatchOperator.Tests.Images;

public class NextJobTests
{
    /// <summary>An image is of one architecture: one that has the older of two versions lacks nothing that it could have.</summary>
    [Fact]
    public void Of_versions_that_differ_by_the_architecture_the_oldest_is_looked_for()
    {
        var updates = Expected(
            Update("openssl", "9", "amd64"), Update("openssl", "10", "arm64"),
            Update("curl", "3~rc1", "arm64"), Update("curl", "3", "amd64"),
            Update("bash", "5", "amd64"));

        Assert.Equal([("debian-12", "bash 5, curl 3~rc1, openssl 9")], updates);
    }

    [Fact]
    public void Of_each_system_its_own_versions_are_looked_for()
    {
        var updates = Expected(
            Update("openssl", "3", "amd64", "debian-12"), Update("openssl", "2", "amd64", "ubuntu-24.04"), Update("openssl", "4", "arm64", "debian-12"));

        Assert.Equal([("debian-12", "openssl 3"), ("ubuntu-24.04", "openssl 2")], updates);
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

    private static List<(string? OsFamily, string Updates)> Expected(params RunUpdate[] updates)
    {
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { OnPolicies = ["workers"] } }).Settle().Built('a')
            .Later(TimeSpan.FromHours(1)).PatchedNodes("workers-1", "workers", updates);
        Assert.Equal(ImageJobKind.Scan, story.Running.Job.Kind);
        return
        [
            .. story.Running.Request.Expected.Select(run => (run.OsFamily, string.Join(
                ", ", run.Updates.OrderBy(update => update.Name, StringComparer.Ordinal).Select(update => $"{update.Name} {update.Version}")))),
        ];
    }

    private static RunUpdate Update(string name, string version, string architecture, string osFamily = "debian-12") =>
        new() { OsFamily = osFamily, Architecture = architecture, Name = name, Version = version };
}
