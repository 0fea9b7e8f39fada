using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;

namespace PatchOperator.Agent.Tests.Mutations;

public class SystemdUnitTests
{
    [Fact]
    public void A_unit_survives_the_agent_and_keeps_its_output_and_exit_code() => Assert.Equal(
        "systemd-run --quiet --no-block --unit=patchoperator-x-patch.service --description=PatchOperator: apt-get --property=Type=exec "
            + "--property=RemainAfterExit=yes "
        + "--property=StandardInput=null --property=StandardOutput=append:/var/lib/patch-operator/x.log "
            + "--property=StandardError=append:/var/lib/patch-operator/x.log "
        + "--setenv=A=1 --setenv=B=2 -- apt-get install -- a=1",
        SystemdUnit.Start("patchoperator-x-patch", new HostCommand("apt-get", "install", "--", "a=1"), "/var/lib/patch-operator/x.log", new Dictionary<string,
            string>
        { ["B"] = "2", ["A"] = "1" }).ToString());

    /// <summary>Captured from systemd 252.</summary>
    [Theory]
    [InlineData("LoadState=not-found\nActiveState=inactive\nSubState=dead\nExecMainCode=0\nExecMainStatus=0\nJob=\n", SystemdUnitPhase.Absent, null)]
    [InlineData("LoadState=loaded\nActiveState=inactive\nSubState=dead\nExecMainCode=0\nExecMainStatus=0\nJob=0\n", SystemdUnitPhase.Absent, null)]
    [InlineData("LoadState=loaded\nActiveState=inactive\nSubState=dead\nExecMainCode=0\nExecMainStatus=0\nJob=4711\n", SystemdUnitPhase.Running, null)]
    [InlineData("LoadState=loaded\nActiveState=active\nSubState=running\nExecMainCode=0\nExecMainStatus=0\n", SystemdUnitPhase.Running, null)]
    [InlineData("LoadState=loaded\nActiveState=activating\nSubState=start\nExecMainCode=0\nExecMainStatus=0\n", SystemdUnitPhase.Running, null)]
    [InlineData("LoadState=loaded\nActiveState=active\nSubState=exited\nExecMainCode=1\nExecMainStatus=0\n", SystemdUnitPhase.Ended, 0)]
    [InlineData("LoadState=loaded\nActiveState=failed\nSubState=failed\nExecMainCode=1\nExecMainStatus=100\n", SystemdUnitPhase.Ended, 100)]
    [InlineData("LoadState=loaded\nActiveState=failed\nSubState=failed\nExecMainCode=2\nExecMainStatus=9\n", SystemdUnitPhase.Ended, 137)]
    public void Reads_where_a_unit_stands(string output, object phase, int? exitCode) =>
        Assert.Equal(new SystemdUnitState((SystemdUnitPhase)phase, exitCode), SystemdUnitState.Parse(output));
}
