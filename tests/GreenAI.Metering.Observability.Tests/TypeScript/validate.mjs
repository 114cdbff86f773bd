// Validates the Kubernetes manifests on standard input against the models that are generated from the sources of Kubernetes and KEDA.
// Exit code 1 with what is wrong, a line each; 2 where a kind is not known here.
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1";
import { Deployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { Service } from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";

const models = { ScaledObject, Deployment, HorizontalPodAutoscaler, NetworkPolicy, Service };
let text = "";
for await (const part of process.stdin) text += part;
for (const document of parseAllDocuments(text, { strict: true })) {
  const manifest = document.toJS();
  const Model = models[manifest.kind];
  if (!Model) {
    console.log(`${manifest.kind} is not known`);
    process.exit(2);
  }
  try {
    new Model(manifest).validate();
    console.log(`${manifest.kind} ${manifest.metadata.name} is valid`);
  } catch (error) {
    console.log(`${manifest.kind}: ${error.message}`);
    process.exitCode = 1;
  }
}
