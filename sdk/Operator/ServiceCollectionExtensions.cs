using KubeOps.Abstractions.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator;

/// <summary>Adds an operator to a program.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the client and all that controllers need; what is already registered is left as it is.</summary>
    public static IOperatorBuilder AddKubernetesOperator(
        this IServiceCollection services, Action<OperatorSettingsBuilder>? configure = null)
    {
        var settings = new OperatorSettingsBuilder();
        configure?.Invoke(settings);
        return new OperatorBuilder(services, settings.Build());
    }
}
