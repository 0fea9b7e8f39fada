using System.Runtime.CompilerServices;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>
/// A table over each <see cref="CgroupMode"/>. On a machine that has not both versions, as a hybrid one has, the tests are skipped, and their name says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CgroupModeTheoryAttribute : TheoryAttribute
{
    public CgroupModeTheoryAttribute([CallerMemberName] string test = "")
    {
        if (SystemdProcess.Machine == CgroupMode.Hybrid)
            return;
        Skip = "this machine has not both versions of control groups: boot it with systemd.unified_cgroup_hierarchy=0";
        DisplayName = $"{test} ({Skip})";
    }
}
