using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Steps;

public class VerifyCommandTests
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    [Theory]
    [InlineData("exit 0", Executable, null)]
    [InlineData("echo no answer >&2; exit 3", Executable, "verify command app failed with exit code 3: no answer")]
    [InlineData("exit 0", UnixFileMode.UserRead, "verify command app cannot be run: ")]
    [InlineData(null, Executable, "verify command app: the host has no /etc/patch-operator/verify.d/app")]
    public async Task What_the_host_has_for_it_tells_whether_it_is_well(string? body, UnixFileMode mode, string? problem)
    {
        using var host = new TestHost();
        if (body is not null)
            Install(host, "app", body, mode);

        var outcome = await host.RunAsync(TestHost.Request(AgentStep.Verify) with { Commands = ["app"] });

        if (problem is null)
            outcome.Expect(AgentResult.Done, AgentReasons.Completed);
        else
            Assert.StartsWith(problem, outcome.Expect(AgentResult.VerificationFailed, AgentReasons.VerifyCommandFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_ends_is_named_when_its_time_is_over()
    {
        using var host = new TestHost();
        Install(host, "app", "sleep 300", Executable);

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Verify) with { Commands = ["app"], RefreshPackageLists = false, TimeoutSeconds = 20 }))
            .Expect(AgentResult.VerificationFailed, AgentReasons.VerifyCommandFailed);

        Assert.Equal("verify command app did not end within the 20 s that the verification may take", report.Message);
    }

    [Fact]
    public async Task One_that_does_not_end_when_it_is_asked_to_is_ended_with_all_that_it_has_started()
    {
        using var host = new TestHost();
        Install(host, "app", "trap '' TERM\nsleep 300 &\necho $$ $! >/pids\nwait\nsleep 300", Executable);

        (await host.RunAsync(TestHost.Request(AgentStep.Verify) with { Commands = ["app"], RefreshPackageLists = false, TimeoutSeconds = 20 }))
            .Expect(AgentResult.VerificationFailed, AgentReasons.VerifyCommandFailed);

        Assert.All(host.Read("pids").Split(' '), pid => Assert.False(Directory.Exists($"/proc/{pid.Trim()}/fd") && Directory.EnumerateFiles($"/proc/{pid.Trim()}/fd").Any()));
    }

    [Fact]
    public async Task They_run_in_the_host_s_root_one_after_the_other_until_one_fails()
    {
        using var host = new TestHost();
        foreach (var name in new[] { "one", "two", "three" })
            Install(host, name, $"echo {name} >>/ran; test {name} != two", Executable);

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Verify) with { Commands = ["one", "two", "three"] }))
            .Expect(AgentResult.VerificationFailed, AgentReasons.VerifyCommandFailed);

        Assert.Equal("verify command two failed with exit code 1", report.Message);
        Assert.Equal(["one", "two"], await File.ReadAllLinesAsync(host.PathOf("ran")));
    }

    private static void Install(TestHost host, string name, string body, UnixFileMode mode)
    {
        var file = host.PathOf($"etc/patch-operator/verify.d/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(file, mode);
    }
}
