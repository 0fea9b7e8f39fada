using PatchOperator.Api;
using PatchOperator.Engine.Selection;
using static PatchOperator.Engine.Specs.SpecErrors;

namespace PatchOperator.Engine.Specs;

/// <summary>The rules of a policy's waves.</summary>
internal static class WaveValidation
{
    private const string Field = "spec.rollout.waves";

    public static IEnumerable<SpecError> Validate(IReadOnlyList<RolloutWave> waves, IReadOnlySet<string> checks) =>
    [
        .. waves.SelectMany(Validate),
        .. waves.SelectMany((wave, index) => (wave.Checks ?? [])
            .Where(check => !checks.Contains(check))
            .Select(check => new SpecError($"{Field}[{index}].checks", $"there is no health check '{check}' in spec.healthChecks"))),
        .. Twice(Field, waves.Select(wave => wave.Name)),
    ];

    private static IEnumerable<SpecError> Validate(RolloutWave wave, int index)
    {
        var field = $"{Field}[{index}]";
        return
        [
            .. Error(
                $"{field}.name",
                wave.Name == RolloutWave.Rest
                    ? $"must not be {RolloutWave.Rest}, which is the last wave, of the nodes that no other takes"
                    : NameProblem(wave.Name)),
            .. Error(field, wave.NodeSelector is null == wave.Size is null ? "must have either nodeSelector or size" : null),
            .. wave.NodeSelector is null ? [] : LabelSelectors.Validate(wave.NodeSelector, $"{field}.nodeSelector"),
            .. Share($"{field}.size", wave.Size),
            .. Share($"{field}.maxUnavailable", wave.MaxUnavailable),
            .. Share($"{field}.failureThreshold", wave.FailureThreshold),
            .. Error($"{field}.soak", Durations.TryParse(wave.Soak, out _) ? null : $"'{wave.Soak}' is not a duration such as 24h or 0s"),
        ];
    }

    private static IEnumerable<SpecError> Share(string field, k8s.Models.IntOrString? share) => Error(field, share is null ? null : Shares.Validate(share));
}
