"""Our own stable API: routers only, each from the app whose words it speaks."""

from ninja.openapi.docs import Swagger

from policies.consent.api import router as choices_router
from policies.ledger.api import router as ledger_router
from policies.versions.api import router as policies_router

from .problems import ProblemAPI

api = ProblemAPI(
    title="Kept",
    version="1",
    description="Published policies, their versions, what changed between them, and what people agreed to.",
    urls_namespace="api_v1",
    docs=Swagger(settings={"validatorUrl": None}),  # else a stranger's server is asked to check the document
    docs_url="/docs",
    openapi_url="/openapi.json",
)
api.add_router("/policies", policies_router, tags=["policies"])
api.add_router("/choices", choices_router, tags=["choices"])
api.add_router("/ledger", ledger_router, tags=["ledger"])
