using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

[Collection(nameof(AloneTests))]
public sealed class TenantMemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HundredThousandNames_GrowNeitherMemoryNorLabels(bool allowAny)
    {
        using var labels = new LabelListener();
        await using WebRig rig = await WebRig.StartAsync(
            app => { },
            policy: Policies.Of(Policies.Budget(1e9, new BudgetScope { Tenant = BudgetScope.Each }, Policies.Deny())),
            options: new GreenAIMeteringOptions { Budgets = new BudgetOptions { MaxTenants = 8 } });
        RequestTenants tenants = RequestTenants.From(new RequestTenantOptions { Header = "X-Tenant", AllowAny = allowAny, Allowed = ["acme"] }, rig.Meter)!;
        ModelHandle model = rig.Meter.Model("m");
        var context = new DefaultHttpContext();
        Ask(0, 2000);
        // What is kept shows in every round, a megabyte of it; what the server and the runtime do meanwhile shows in some.
        long grown = Enumerable.Range(0, 5).Min(round => Growth(2000 + (round * 20_000)));
        Assert.True(grown < 100_000, $"Memory grew by {grown} bytes.");
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        // Seven of the names beside acme, and one for all others.
        string[] budgets = [.. labels.Collect(rig.App.Services).SelectMany(row => row.Split('{', ',', '}')).Where(label => label.StartsWith("greenai.budget=", StringComparison.Ordinal)).Distinct()];
        Assert.Equal(allowAny ? 8 : 0, budgets.Length);
        if (allowAny) Assert.Contains("greenai.budget=joules/tenant=(overflow)", budgets);

        long Growth(int from)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Ask(from, from + 20_000);
            return GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        void Ask(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                context.Request.Headers["X-Tenant"] = $"tenant-{i}";
                Assert.True(tenants.TryFind(context, out TenantHandle tenant));
                rig.Meter.TryAdmit(new AdmissionRequest(model) { Tenant = tenant }).Dispose();
            }
        }
    }
}
