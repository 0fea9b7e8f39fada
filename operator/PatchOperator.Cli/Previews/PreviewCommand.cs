using System.CommandLine;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Cli.Files;
using PatchOperator.Engine;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Previews;

/// <summary>Prints what the policies of files would do: which nodes in which order, when at the earliest, and what would keep them back now.</summary>
internal static class PreviewCommand
{
    public static Command Create(TimeProvider time, ClusterReader? clusters)
    {
        var files = CommonOptions.Files("A file with PatchPolicies, and the PatchWindows that they name, in YAML or JSON; - is standard input.");
        var nodes = new Option<string?>("--nodes") { Description = "A file with the nodes, as kubectl get nodes -o yaml gives them." };
        var kubeconfig = new Option<string?>("--kubeconfig")
        {
            Description = "Reads nodes, and what is known of them, from a cluster; without a file, from the one that kubectl would take.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (from, each, most, output) = (CommonOptions.From(), TimePerNode(), MaxUnavailable(), CommonOptions.Output());
        var command = new Command("preview", "Prints what the PatchPolicies of a file would do: which nodes, in which order, and when.")
        {
            files, nodes, from, each, most, output,
        };
        if (clusters is not null)
            command.Add(kubeconfig);
        command.Validators.Add(result =>
        {
            if (result.GetResult(nodes) is not null && result.GetResult(kubeconfig) is not null)
                result.AddError("--nodes and --kubeconfig exclude each other");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (written, said) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                var manifests = parsed.GetRequiredValue(files).SelectMany(ManifestFile.Read).ToList();
                foreach (var other in manifests.Where(manifest => !IsOurs(manifest)).CountBy(manifest => manifest.Kind))
                    said.WriteLine($"ignored: {other.Value} of kind {other.Key}");
                var start = Instants.WholeSeconds(Times.Parse(parsed.GetValue(from)) ?? time.GetUtcNow());
                var cluster = parsed.GetResult(kubeconfig) is not null
                    ? await clusters!(parsed.GetValue(kubeconfig), cancellationToken)
                    : Of(parsed.GetValue(nodes) is { } file ? NodeFile.Read(file) : []);
                cluster = new SpecFiles(cluster, start).Windows(manifests).Policies(manifests).Read();
                if (cluster.Nodes.Count == 0)
                    said.WriteLine($"no nodes are known: give --nodes{(clusters is null ? "" : " or --kubeconfig")}");
                var policies = manifests.Where(SpecFiles.Is<PatchPolicy>).Select(manifest => manifest.Name);
                TimeSpan? given = parsed.GetValue(each) is { } text ? Durations.Parse(text) : null;
                var found = Preview(cluster, [.. policies.Order(StringComparer.Ordinal)], given, parsed.GetRequiredValue(most), start);
                written.Write(parsed.GetRequiredValue(output) == "json" ? Json.Of(found) : string.Join("\n", found.Select(policy => policy.Text())));
                return 0;
            }
            catch (Exception exception) when (exception is MistakeException or KubeConfigException or HttpRequestException or HttpOperationException)
            {
                said.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    private static Option<string?> TimePerNode()
    {
        var option = new Option<string?>("--time-per-node")
        {
            Description = $"How long a node's turn takes, such as 20m. Default: as it took the last time, else {Durations.Format(TurnTime.Usual)}.",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !(Durations.TryParse(text, out var given) && given > TimeSpan.Zero))
                result.AddError($"--time-per-node: '{text}' is not a duration such as 20m");
        });
        return option;
    }

    private static Option<string> MaxUnavailable()
    {
        var option = new Option<string>("--max-unavailable")
        {
            Description = "How many nodes of the whole cluster may be unavailable at once: as the operator has it.",
            DefaultValueFactory = _ => "100%",
        };
        option.Validators.Add(result =>
        {
            if (Shares.Validate(result.GetValueOrDefault<string>()) is { } problem)
                result.AddError($"--max-unavailable: {problem}");
        });
        return option;
    }

    private static List<PolicyPreview> Preview(Snapshot cluster, IReadOnlyList<string> policies, TimeSpan? given, IntOrString most, DateTimeOffset start)
    {
        var times = cluster.Policies.All.ToDictionary(entry => entry.Terms.Name, entry => TurnTime.Of(given, cluster.Fleet.Of(entry.Terms.Name)));
        var forecast = new Forecast(Assumptions.Complete(cluster, start), policies, most, policy => times[policy].Time, start);
        var builder = new PreviewBuilder(cluster, forecast, start);
        return [.. policies.Select(policy => builder.Of(policy, times[policy]))];
    }

    private static Snapshot Of(IReadOnlyList<NodeFacts> nodes) => nodes.Aggregate(Snapshot.Empty, (cluster, node) => cluster.WithNode(node.Name, node));

    private static bool IsOurs(Manifest manifest) => SpecFiles.Is<PatchPolicy>(manifest) || SpecFiles.Is<PatchWindow>(manifest);
}
