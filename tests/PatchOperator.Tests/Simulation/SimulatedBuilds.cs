using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Tests.Simulation;

/// <summary>The Jobs that build and scan images, with what they find and push.</summary>
internal sealed class SimulatedBuilds
{
    private readonly SimulatedJobs jobs;
    private readonly Timeline timeline;
    private readonly Chance chance;
    private bool lost;

    public SimulatedBuilds(ObjectStore store, SimulatedJobs jobs, Timeline timeline, Chance chance, Journal journal)
    {
        (this.jobs, this.timeline, this.chance) = (jobs, timeline, chance);
        Registry = new SimulatedRegistry(journal);
        store.Changed += Follow;
    }

    public SimulatedRegistry Registry { get; }

    /// <summary>What is built: equal contents are equal images.</summary>
    public int Content { get; set; } = 1;

    /// <summary>Whether the recipe fails.</summary>
    public bool Fails { get; set; }

    /// <summary>The digest of an image with such contents.</summary>
    public static string Digest(int content) => $"sha256:{content.ToString("x64", CultureInfo.InvariantCulture)}";

    private void Follow(Change change)
    {
        if (change is { Before: null, After: { Kind: V1Job.KubeKind } made } && made.Label(ApiGroup.BaselineLabel) is not null)
            jobs.Begin(made, Start);
    }

    private void Start(StoredObject job)
    {
        jobs.Start(job, "builder");
        timeline.After(chance.Seconds(30, 300), () => End(job));
    }

    private void End(StoredObject job)
    {
        if (!jobs.Exists(job))
            return;
        var environment = job.Json["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!;
        var request = JsonSerializer.Deserialize((string)environment[0]!["value"]!, ContractJson.Default.ImageRequest)!;
        var fails = Fails && request.Mode == ImageJobMode.Build;
        var digest = request.Digest ?? Digest(Content);
        if (!fails)
            Registry.Stored.Add(digest);
        // Once, as a node that goes away takes its pods with it.
        var isLost = !lost && chance.FaultOneIn(6);
        lost |= isLost;
        jobs.End(job, isLost ? null : Status(job, request, digest, fails), succeeded: !fails);
    }

    private static JsonObject Status(StoredObject job, ImageRequest request, string digest, bool fails) => fails
        ? ImagePods.Failed(job, "build", ImageExitCodes.BadRecipe, new ImageResult { Reason = ImageReasons.RecipeFailed, Message = "script motd ended with 1" })
        : ImagePods.Done(job, new ImageResult
        {
            Reason = ImageReasons.Completed,
            Message = "done",
            Image = new ImageFacts(digest, request.Version ?? $"v-{digest[^4..]}", 1000),
            Findings = new ImageFindings
            {
                OsFamily = "debian-12",
                OsImage = "Debian 12",
                Packages = 100,
                PatchLevel = digest[^4..],
                PendingSecurity = 0,
                PendingTotal = 0,
                Held = 0,
            },
        });
}
