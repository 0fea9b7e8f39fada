namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>The release <c>patch-operator</c> of one cluster.</summary>
/// <param name="helm">That works it.</param>
/// <param name="kubeconfig">The path of an administrator's.</param>
/// <param name="isCurrent">Whether Kubernetes is one of today.</param>
internal sealed class HelmRelease(Helm helm, string kubeconfig, bool isCurrent = false)
{
    private const string Release = "patch-operator";

    // Kubernetes before 1.25 knows no validation rules, and that of these tests no server-side apply as Helm 4 means it.
    private readonly string[] forOldKubernetes = isCurrent
        ? []
        : helm.Version == 3 ? ["--disable-openapi-validation"] : ["--disable-openapi-validation", "--server-side=false"];

    /// <param name="chart">A packaged chart.</param>
    public Task InstallAsync(string chart) => RunAsync(
        ["install", Release, chart, "--create-namespace", "--set=image.tag=dev", "--set=toolsImage.tag=dev", "--wait", "--timeout=3m", .. forOldKubernetes]);

    /// <param name="chart">A packaged chart.</param>
    /// <param name="value">What is set beside the values of before.</param>
    public Task UpgradeAsync(string chart, string value) =>
        RunAsync(["upgrade", Release, chart, "--reset-then-reuse-values", $"--set={value}", "--wait", "--timeout=3m", .. forOldKubernetes]);

    public Task UninstallAsync() => RunAsync(["uninstall", Release, "--wait"]);

    private async Task RunAsync(string[] arguments) =>
        (await Command.RunAsync(helm.Program, [.. arguments, $"--kubeconfig={kubeconfig}", $"--namespace={InstalledCluster.Namespace}"])).Succeeded();
}
