namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>One pod of the operator, and what may befall it.</summary>
/// <param name="Machines">The nodes.</param>
/// <param name="Pod">Its name.</param>
/// <param name="Node">Where it runs.</param>
/// <param name="Address">Its own.</param>
internal sealed record Replica(NodeMachines Machines, string Pod, string Node, string Address)
{
    public Task KillAsync() => SignalAsync("KILL");

    public Task FreezeAsync() => SignalAsync("STOP");

    public Task WakeAsync() => SignalAsync("CONT");

    /// <summary>Nothing that leaves it passes its node, and nothing that comes for it; what it had sent waits.</summary>
    public Task CutOffAsync() => FirewallAsync("--insert");

    public Task ReconnectAsync() => FirewallAsync("--delete");

    // Its image has no shell, and its process no other mark on the node.
    private Task<string> SignalAsync(string signal) =>
        Machines.ShellAsync(Node, $"kill -{signal} $(grep -lzx POD_NAME={Pod} /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3)");

    private Task<string> FirewallAsync(string change) => Machines.ShellAsync(
        Node, $"iptables --wait {change} FORWARD --source {Address} --jump DROP && iptables --wait {change} FORWARD --destination {Address} --jump DROP");
}
