using PatchOperator.Effects;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Windows;
using PatchOperator.Engine.World;
using PatchOperator.Jobs;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Questions;

namespace PatchOperator.Reconciling;

/// <summary>One reconciler for each of our kinds, and what carries out their decisions: all that stands on the three ports.</summary>
internal static class Reconcilers
{
    public static void Add(IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton(new ScanBudget(options.MaxScans));
        services.AddSingleton(provider => new Triggers(provider.GetRequiredService<ScanBudget>(), options.MaxUnavailable));
        services.AddSingleton<Cordons>();
        services.AddSingleton<Evictions>();
        services.AddSingleton<OwnObjects>();
        services.AddSingleton<JobFactory>();
        services.AddSingleton<HookJobFactory>();
        services.AddSingleton<ImageJobFactory>();
        services.AddSingleton<NodeJobs>();
        services.AddSingleton<ImageJobs>();
        services.AddSingleton<NodePods>();
        services.AddSingleton<JobReports>();
        services.AddSingleton<JobProblems>();
        services.AddSingleton<ImageJobReports>();
        services.AddSingleton<EffectHandlers>();
        services.AddSingleton<QuestionHandlers>();
        Add(services, _ => Kinds.Windows, _ => new WindowDecider());
        Add(services, _ => Kinds.Policies, provider => new PolicyDecider(provider.GetRequiredService<ScanBudget>()));
        Add(services, Kinds.Runs, _ => new RunDecider(options.MaxUnavailable, options.Node));
        Add(services, Kinds.NodePatches, provider => new NodeDecider(provider.GetRequiredService<ScanBudget>()));
        Add(services, Kinds.Baselines, _ => new BaselineDecider());
        services.AddSingleton<IReadOnlyList<IReconciler>>(provider => [.. provider.GetServices<IReconciler>()]);
    }

    private static void Add<TEntity, TStatus>(
        IServiceCollection services, Func<OutcomeMetrics, Kind<TEntity, TStatus>> kind, Func<IServiceProvider, Engine.Decisions.IDecider<TEntity,
            TStatus>> decider)
        where TEntity : class, k8s.IKubernetesObject<k8s.Models.V1ObjectMeta> =>
        services.AddSingleton<IReconciler>(provider => new Reconciler<TEntity, TStatus>(
            kind(provider.GetRequiredService<OutcomeMetrics>()),
            decider(provider),
            provider.GetRequiredService<IWorld>(),
            provider.GetRequiredService<IApi>(),
            provider.GetRequiredService<EffectHandlers>(),
            provider.GetRequiredService<QuestionHandlers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IReconciler>>()));
}
