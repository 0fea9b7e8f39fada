namespace PatchOperator.Chart.Tests;

/// <summary>Helm 3 and Helm 4, as hack/helm has them.</summary>
internal sealed class Helm(string version)
{
    public static readonly Helm Three = new("3");
    public static readonly Helm Four = new("4");

    private readonly Lazy<string> _program = new(() => Repository.Run(Repository.Of("hack/helm"), version).Trim());

    public static Helm Of(int version) => version == 3 ? Three : Four;

    public string Run(params string[] arguments) => Repository.Run(_program.Value, arguments);

    public string Template(params string[] arguments) => Repository.Run(_program.Value, TemplateOf(arguments));

    /// <returns>What Helm says against the values, with the path of a value written with dots; empty where it says nothing.</returns>
    public string Refusal(params string[] arguments)
    {
        var (exitCode, _, errors) = Repository.Try(_program.Value, TemplateOf(arguments));
        return exitCode == 0 ? "" : errors.Replace('/', '.');
    }

    private static string[] TemplateOf(string[] arguments) =>
        ["template", "patch-operator", Repository.Chart, "--namespace", "patch-operator-system", .. arguments];
}
