namespace PatchOperator.Chart.Tests;

/// <summary>The chart, and what Helm makes of it.</summary>
internal static class Chart
{
    public static readonly string Folder = Repository.PathOf("charts/patch-operator");
    public static readonly string Tests = Repository.PathOf("tests/PatchOperator.Chart.Tests");

    public static string Template(this Helm helm, params string[] arguments) => helm.Run(TemplateOf(arguments));

    /// <returns>What Helm says against the values, with the path of a value written with dots; empty where it says nothing.</returns>
    public static string Refusal(this Helm helm, params string[] arguments)
    {
        var answer = helm.Try(TemplateOf(arguments));
        return answer.ExitCode == 0 ? "" : answer.Errors.Replace('/', '.');
    }

    private static string[] TemplateOf(string[] arguments) =>
        ["template", "patch-operator", Folder, "--namespace", "patch-operator-system", .. arguments];
}
